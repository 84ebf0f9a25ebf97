// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/suspicion.hpp"

#include "host/supervise/inflight.hpp"

#include <algorithm>
#include <utility>

namespace penstock::host::supervise
{

namespace
{

// What is known after a death for which no packet of the graph was to blame.
void narrow(suspicion& known, const graph_record& was)
{
    const std::uint64_t first = was.first.load();
    const std::uint64_t last = was.last.load();
    if (known.last == 0)
        known.last = was.through.load();
    else if (!known.in_steps)
    {
        known.last = std::max(known.last, was.through.load());
        known.in_steps = true;
    }
    else if (first != 0 && first == last)
    {
        known.single = std::max(known.single, last);
        known.to_blame = first;
    }
    else if (first > known.single)
        known.single = last;
}

constexpr std::uint64_t fewest_watched = 1024;
constexpr std::uint64_t most_watched = std::uint64_t{1} << 20; // else it is no count

// What is known after a crash in one of the graph's components.
void look_closely(suspicion& known, const graph_record& was)
{
    known.careful = true;
    if (const std::uint64_t at_work = was.unkept.load(); at_work != 0)
        known.watched =
            std::min(std::max({fewest_watched, at_work, 2 * known.watched}), most_watched);
}

} // namespace

std::vector<suspicion> suspicions(const shared_memory& from,
                                  const std::optional<crash_report>& crash)
{
    std::vector<suspicion> found;
    const bool was_killed = crash || from.head().died_of.load() != 0;
    for (std::size_t i = 0; i < shared_memory::graph_count; ++i)
    {
        const graph_record& was = from.graph(i);
        auto name = inflight::text_of(from, was.name.load());
        if (!name)
            continue;
        suspicion known;
        known.graph = *std::move(name);
        known.last = was.suspects.load();
        known.in_steps = was.in_steps.load() != 0;
        known.single = was.single.load();
        known.careful = was.careful.load() != 0;
        known.watched = std::min(was.watched.load(), most_watched);
        if (crash && crash->who.graph == known.graph)
            look_closely(known, was);
        const bool others = crash && !crash->who.graph.empty() && crash->who.graph != known.graph;
        if (was_killed && !others && !(crash && crash->packet != packet_id{}))
            narrow(known, was);
        if (known.last != 0 || known.watched != 0)
            found.push_back(std::move(known));
    }
    return found;
}

bool suspect_was_alone(const shared_memory& from) noexcept
{
    for (std::size_t i = 0; i < shared_memory::graph_count; ++i)
    {
        const graph_record& each = from.graph(i);
        const std::uint64_t first = each.first.load();
        if (each.name.load() != 0 && first != 0 && first == each.last.load())
            return true;
    }
    return false;
}

} // namespace penstock::host::supervise
