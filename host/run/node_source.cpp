// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// How a source lets packets into its graph, and hears what became of them.
#include "host/run/node.hpp"

#include <penstock/json.hpp>

#include <chrono>

namespace penstock::host
{

namespace
{
constexpr auto pause_before_letters = std::chrono::seconds(1);
} // namespace

bool node::admit(output& port, packet& what, const json::value& position, std::uint64_t number)
{
    check_stopped();
    if (lane_.draining())
        return false;
    if (probing_)
        found(); // what it made this of
    detail::packet_access::set_id(
        what, detail::packet_access::position_id(lane_.graph(), plan_.name, write_json(position)));
    if (!lane_.offer({plan_.name, port.index(), what, completions_, number}))
        return false;
    counters_.sent.add(1);
    return true;
}

bool node::await_ends(std::vector<std::uint64_t>& ended, const detail::source_wait& wait)
{
    settle();
    flush_outputs();
    if (probing_)
        found(); // it asks for more
    let_others_run();
    for (;;)
    {
        check_stopped();
        const source_news news = completions_->take();
        if (news.any_dead)
            wait_for_letters();
        ended.insert(ended.end(), news.ended.begin(), news.ended.end());
        if (!ended.empty() || (news.has_room && wait.for_room))
            return !lane_.draining();
        if (news.abandoned)
            throw stopped(); // those behind it cannot be acknowledged any more
        if (lane_.draining() && !wait.to_the_end)
            return false;
        if (is_away())
        {
            if (lane_.has_successor())
                throw stopped(); // which may know better where its upstream is
            if (may_go_on(clock::time_point::max(), waiting::availability))
                return !lane_.draining();
            continue;
        }
        if (clock::now() >= wait.until)
            return !lane_.draining();
        if (!news.is_empty())
            continue;
        if (wait.until != clock::time_point::max())
            lane_.wake_at(rank_, wait.until);
        suspend(wait.for_room ? waiting::admission : waiting::upstream);
    }
}

// What is acknowledged is forgotten upstream: the letters are all that is left of it.
void node::wait_for_letters()
{
    for (;;)
    {
        bool kept = false;
        auto work = [&] { kept = lane_.keep_letters(); };
        blocking({[](void* object) { (*static_cast<decltype(work)*>(object))(); }, &work});
        if (kept)
            return;
        const clock::time_point next = clock::now() + pause_before_letters;
        lane_.wake_at(rank_, next);
        while (clock::now() < next)
            suspend(waiting::upstream);
    }
}

// Has packets of a component that is no `source` enter as requests of their own.
void node::send_as_entries(std::size_t port, std::span<packet> packets)
{
    if (probing_)
        found(); // what it makes these of
    for (packet& each : packets)
        while (!lane_.offer({plan_.name, port, each, completions_, std::nullopt}))
            while (!completions_->take().has_room)
                suspend(waiting::admission);
}

} // namespace penstock::host
