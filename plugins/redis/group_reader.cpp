// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "group_reader.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <string_view>

namespace redis_package
{
namespace
{

using namespace std::chrono_literals;

constexpr auto patience = 3s; // of a command that finds what it asks for at once

std::span<const redisReply* const> parts_of(const redisReply* whole)
{
    if (whole == nullptr || whole->type != REDIS_REPLY_ARRAY)
        return {};
    return {whole->element, whole->elements};
}

std::vector<stream_entry> entries_in(const redisReply* list)
{
    std::vector<stream_entry> made;
    for (const redisReply* const each : parts_of(list))
    {
        const auto parts = parts_of(each);
        if (parts.size() != 2) // one that was deleted, of older servers
            continue;
        stream_entry& entry = made.emplace_back();
        entry.id = text_of(parts[0]);
        const auto fields = parts_of(parts[1]);
        entry.is_deleted = fields.empty();
        for (std::size_t i = 0; i + 1 < fields.size(); i += 2)
            entry.fields.emplace_back(text_of(fields[i]), text_of(fields[i + 1]));
    }
    return made;
}

std::vector<stream_entry> entries_of_stream(const redisReply* answer)
{
    const auto streams = parts_of(answer);
    if (streams.empty()) // none has come
        return {};
    const auto parts = parts_of(streams.front());
    return parts.size() == 2 ? entries_in(parts[1]) : std::vector<stream_entry>();
}

} // namespace

void group_reader::create(const std::string& begin)
{
    try
    {
        (void)session_->ask({"XGROUP", "CREATE", as_.stream, as_.group, begin, "MKSTREAM"},
                            patience);
    }
    catch (const redis_error& error)
    {
        if (!std::string_view(error.what()).starts_with("BUSYGROUP"))
            throw;
    }
}

reply group_reader::read(const std::string& count, const std::string& block, const std::string& id,
                         std::chrono::milliseconds time)
{
    command what{"XREADGROUP", "GROUP", as_.group, as_.consumer, "COUNT", count};
    if (!block.empty())
        what.insert(what.end(), {"BLOCK", block});
    what.insert(what.end(), {"STREAMS", as_.stream, id});
    return session_->ask(what, time);
}

std::vector<stream_entry> group_reader::take(std::size_t most, std::chrono::milliseconds time)
{
    const std::string block = time > 0ms ? std::to_string(time.count()) : std::string();
    return entries_of_stream(read(std::to_string(most), block, ">", time + patience).get());
}

std::vector<stream_entry> group_reader::take_again(std::size_t most, const std::string& behind)
{
    std::vector<stream_entry> found =
        entries_of_stream(read(std::to_string(most), {}, behind, patience).get());
    count_deliveries(found);
    return found;
}

group_reader::claim group_reader::take_over(std::size_t most, std::chrono::milliseconds silence,
                                            const std::string& from)
{
    const reply found =
        session_->ask({"XAUTOCLAIM", as_.stream, as_.group, as_.consumer,
                       std::to_string(silence.count()), from, "COUNT", std::to_string(most)},
                      patience);
    const auto parts = parts_of(found.get());
    if (parts.size() < 2)
        throw redis_error("XAUTOCLAIM was answered with what is no list");
    claim made{entries_in(parts[1]), std::string(text_of(parts[0]))};
    count_deliveries(made.entries);
    return made;
}

void group_reader::count_deliveries(std::vector<stream_entry>& of)
{
    std::map<std::string_view, stream_entry*> open;
    for (stream_entry& each : of)
        open.emplace(each.id, &each);
    for (stream_entry& each : of)
    {
        if (!open.contains(each.id))
            continue;
        const reply counts = session_->ask({"XPENDING", as_.stream, as_.group, each.id,
                                            of.back().id, std::to_string(of.size()), as_.consumer},
                                           patience);
        for (const redisReply* const one : parts_of(counts.get()))
        {
            const auto parts = parts_of(one);
            if (parts.size() != 4)
                continue;
            const auto place = open.find(text_of(parts[0]));
            if (place == open.end())
                continue;
            place->second->deliveries = static_cast<std::uint64_t>(parts[3]->integer);
            open.erase(place);
        }
        open.erase(each.id);
    }
}

void group_reader::acknowledge(const std::vector<std::string>& ids)
{
    if (ids.empty())
        return;
    command what{"XACK", as_.stream, as_.group};
    what.insert(what.end(), ids.begin(), ids.end());
    (void)session_->ask(what, patience);
}

// What another consumer has taken over stays its own.
void group_reader::keep(const std::vector<std::string>& ids)
{
    constexpr std::size_t at_a_time = 1000;
    const std::set<std::string_view> wanted(ids.begin(), ids.end());
    std::string from = "-";
    for (;;)
    {
        const reply own = session_->ask(
            {"XPENDING", as_.stream, as_.group, from, "+", std::to_string(at_a_time), as_.consumer},
            patience);
        const auto found = parts_of(own.get());
        command what{"XCLAIM", as_.stream, as_.group, as_.consumer, "0"};
        const std::size_t begin = what.size();
        std::string_view last;
        for (const redisReply* const one : found)
        {
            const auto parts = parts_of(one);
            last = parts.empty() ? last : text_of(parts[0]);
            if (wanted.contains(last))
                what.push_back(last);
        }
        if (what.size() != begin)
        {
            what.emplace_back("JUSTID"); // which counts no delivery
            (void)session_->ask(what, patience);
        }
        if (found.size() < at_a_time)
            return;
        from = "(" + std::string(last);
    }
}

} // namespace redis_package
