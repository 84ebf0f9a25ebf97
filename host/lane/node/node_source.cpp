// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/node_source.hpp"

#include "host/lane/node/dead_letter_wait.hpp"
#include "host/lane/source_packet.hpp"

#include <penstock/detail/packet_access.hpp>

#include <optional>
#include <utility>

namespace penstock::host
{

namespace
{

using clock = scheduler::clock;

} // namespace

void node_source::start_anew()
{
    no_longer_held();
    completions_ = std::make_shared<completion_queue>(of_.lane.waker_of(of_.rank));
}

bool node_source::admit(std::size_t port, packet& what, const json::value& position,
                        std::uint64_t number)
{
    fiber_.check_stopped();
    if (of_.lane.draining())
        return false;
    probe_.delivered(); // what it made this of
    identify(what, position);
    if (!of_.lane.offer({of_.plan.name, port, what, completions_, number}))
        return false;
    of_.counters.sent.add(1);
    return true;
}

bool node_source::may_refuse()
{
    fiber_.check_stopped();
    if (of_.lane.draining())
        return false;
    if (of_.lane.owner().has_room_for_dead_letters(completions_))
    {
        no_longer_held();
        return true;
    }
    if (!std::exchange(is_held_, true))
        of_.counters.resource.set("room for a dead letter of what it refuses", {});
    return false;
}

void node_source::no_longer_held()
{
    if (std::exchange(is_held_, false))
        of_.counters.resource.clear();
}

void node_source::identify(packet& what, const json::value& position) const
{
    detail::packet_access::set_id(what, detail::packet_access::position_id(
                                            of_.lane.graph(), of_.plan.name, write_json(position)));
}

bool node_source::await_ends(std::vector<std::uint64_t>& ended, const detail::source_wait& wait)
{
    probe_.delivered(); // it asks for more
    if (!wait.for_room)
        no_longer_held();
    fiber_.let_others_run();
    for (;;)
    {
        fiber_.check_stopped();
        const source_news news = completions_->take();
        if (news.any_dead) // all that is left of what is acknowledged, and so forgotten upstream
            wait_for_dead_letters(of_, fiber_);
        ended.insert(ended.end(), news.ended.begin(), news.ended.end());
        if (!ended.empty() || (news.has_room && wait.for_room))
            return !of_.lane.draining();
        if (news.abandoned)
            throw stopped(); // those behind it cannot be acknowledged any more
        if (of_.lane.draining() && !wait.to_the_end)
            return false;
        if (probe_.is_away())
        {
            if (of_.lane.has_successor())
                throw stopped(); // which may know better where its upstream is
            if (probe_.may_go_on(clock::time_point::max(), waiting::availability))
                return !of_.lane.draining();
            continue;
        }
        if (clock::now() >= wait.until)
            return !of_.lane.draining();
        if (!news.is_empty())
            continue;
        fiber_.suspend(wait.for_room ? waiting::admission : waiting::upstream, wait.until);
    }
}

void node_source::send_as_entries(std::size_t port, std::span<packet> packets)
{
    probe_.delivered(); // what it makes these of
    for (packet& each : packets)
        while (!of_.lane.offer({of_.plan.name, port, each, completions_, std::nullopt}))
            while (!completions_->take().has_room)
                fiber_.suspend(waiting::admission);
}

} // namespace penstock::host
