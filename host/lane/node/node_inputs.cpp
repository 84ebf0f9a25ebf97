// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/node_inputs.hpp"

#include "host/lane/node/node.hpp"

#include <penstock/detail/packet_access.hpp>

#include <algorithm>
#include <utility>

namespace penstock::host
{

node_inputs::node_inputs(const node_setting& of)
    : of_(of),
      input_queues_(of.plan.inputs.size()),
      in_flight_(of.lane.record_of(of.rank), of.lane.is_careful())
{
}

void node_inputs::tell_wired(component& instance) const
{
    const auto& members = detail::component_access::members(instance);
    for (std::size_t i = 0; i < members.inputs.size(); ++i)
    {
        bool wired = false;
        input_queues_[i].each_end([&](const edge_end&) { wired = true; });
        detail::port_access::set_wired(*members.inputs[i], wired);
    }
}

void node_inputs::open(input_queue& from, input& port)
{
    detail::packet_access::enter(from.span(), received_ + 1, port.index());
    open_ = &from;
    port_ = &port;
    in_flight_.receive(from.span().front());
}

void node_inputs::release()
{
    if (open_ == nullptr)
        return;
    detail::port_access::end_loan(*port_);
    const std::uint32_t taken = taken_of_span();
    received_ += taken;
    slice_.took(taken);
    std::exchange(open_, nullptr)
        ->release_span(*port_, [this](const edge_end& from) { tell_freed(from); });
    count_received();
}

void node_inputs::refuse_while_lent() const
{
    if (open_ != nullptr)
        detail::port_access::refuse_while_lent(*port_);
}

void node_inputs::give_no_more() noexcept
{
    if (open_ != nullptr)
        detail::port_access::give_no_more(*port_);
}

void node_inputs::close() noexcept
{
    received_ = received();
    open_ = nullptr;
}

void node_inputs::count_received() noexcept
{
    const std::uint32_t now = received();
    of_.counters.received.add(now - std::exchange(counted_, now));
}

void node_inputs::retry_later(std::size_t port, packet&& failed, scheduler::clock::time_point due,
                              bool alone)
{
    has_retries_ = true;
    input_queue& from = input_queues_[port];
    const std::uint64_t request = from.request_of(failed);
    from.retries().add(std::move(failed), due, received(), request, alone);
}

void node_inputs::enter(std::size_t port, packet&& packet)
{
    has_retries_ = true;
    input_queues_[port].retries().add(std::move(packet), scheduler::clock::time_point::min(), 0,
                                      of_.lane.requests_fed());
}

void node_inputs::put_back(std::vector<std::deque<packet>> packets,
                           scheduler::clock::time_point due)
{
    // One that waits for its key comes again in its turn, and one that is in its last try alone;
    // see retry_queue.
    for (std::size_t i = 0; i < packets.size() && has_retries_; ++i)
    {
        std::deque<packet> free;
        for (packet& each : packets[i])
        {
            if (detail::packet_access::tries(each) != 0)
                retry_later(i, std::move(each), scheduler::clock::time_point::min());
            else if (input_queues_[i].retries().must_wait(each))
                retry_later(i, std::move(each), due);
            else
                free.push_back(std::move(each));
        }
        packets[i] = std::move(free);
    }
    // A request that is worked on again must end again, at each input where it did, or the inputs
    // would no longer agree on which request is which. One of which nothing is left is over.
    const bool is_over =
        std::ranges::all_of(packets, &std::deque<packet>::empty) &&
        std::ranges::all_of(
            input_queues_, [&](const input_queue& each)
            { return each.requests_ended() == input_queues_.front().requests_ended(); });
    for (std::size_t i = 0; i < packets.size() && !is_over; ++i)
        input_queues_[i].put_back(std::move(packets[i]));
}

bool node_inputs::nothing_is_to_be_retried() const noexcept
{
    return std::ranges::all_of(input_queues_,
                               [](const input_queue& each) { return each.retries().empty(); });
}

bool node_inputs::exhausted() const noexcept
{
    return std::ranges::all_of(input_queues_, &input_queue::exhausted);
}

bool node_inputs::edges_exhausted() const noexcept
{
    return std::ranges::all_of(input_queues_, &input_queue::edges_exhausted);
}

bool node_inputs::must_end_late(const input_queue& from) const
{
    if (size() == 1 && from.has_late_ones_only())
        return true; // the next end may be long in coming
    const std::uint64_t fed = of_.lane.requests_fed();
    if (from.request_ends_passed() != fed)
        return false;
    const auto goes_before = [&](const input_queue& other)
    {
        return from.late_ended() < other.late_ended() ||
               (from.late_ended() == other.late_ended() && other.request_ends_passed() == fed &&
                other.has_packet(scheduler::clock::now()));
    };
    return from.mid_request() || (size() > 1 && std::ranges::any_of(input_queues_, goes_before));
}

void node_inputs::tell_freed(const edge_end& from, bool at_last) const
{
    if (!of_.lane.is_room_awaited())
        return;
    if (from.other != nullptr)
        from.other->freed(*from.queue, at_last);
    else
        of_.lane.ingress_freed(*from.queue, at_last);
}

void node_inputs::tell_freed_at_last() const
{
    if (!of_.lane.is_room_awaited())
        return;
    for (const input_queue& each : input_queues_)
        each.each_end([this](const edge_end& from) { tell_freed(from, true); });
}

void node_inputs::grow(edge& queue, component* instance)
{
    for (std::size_t i = 0; i < input_queues_.size(); ++i)
    {
        bool ours = false;
        input_queues_[i].each_end([&](const edge_end& from)
                                  { ours = ours || from.queue == &queue; });
        if (!ours)
            continue;
        input* const port =
            instance == nullptr ? nullptr : detail::component_access::members(*instance).inputs[i];
        input_queues_[i].grow(queue, port);
        return;
    }
}

} // namespace penstock::host
