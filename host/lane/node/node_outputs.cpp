// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/node_outputs.hpp"

#include "host/lane/node/node.hpp"
#include "host/lane/node/packet_end.hpp"

#include <penstock/detail/packet_access.hpp>

#include <algorithm>
#include <limits>
#include <utility>

namespace penstock::host
{

namespace
{

constexpr std::size_t most_room = 64; // slots that an output gets at once

void mark(const wire& to)
{
    to.queue->mark();
    if (to.other != nullptr)
        to.other->filled(*to.queue);
}

} // namespace

node_outputs::node_outputs(const node_setting& of, node_inputs& inputs, node_fiber& fiber,
                           node_source& source)
    : of_(of), inputs_(inputs), fiber_(fiber), source_(source), outlets_(of.plan.outputs.size())
{
}

void node_outputs::add_wire(std::size_t port, wire to)
{
    if (port == error_port)
        error_wires_.push_back(to);
    else
        outlets_[port].add(to);
}

void node_outputs::make_room(output& port)
{
    fiber_.check_stopped();
    flush(port.index());
    outlet& to = outlets_[port.index()];
    if (to.writes_into_edge())
    {
        const wire& only = to.wires().front();
        const edge& queue = *only.queue;
        while (queue.full())
        {
            flush();
            if (!queue.full()) // any more: others were waited for
                break;
            fiber_.wait_for_room(only);
        }
    }
    fiber_.let_others_run();
    to.next_span(port, most_room);
}

void node_outputs::flush()
{
    if (instance_ == nullptr)
        return;
    for (std::size_t i = 0; i < outlets_.size(); ++i)
        flush(i);
}

void node_outputs::flush(std::size_t index)
{
    output& port = *detail::component_access::members(*instance_).outputs[index];
    outlet& to = outlets_[index];
    if (to.filled(port) == 0)
        return;
    if (inputs_.in_hand().keeps_account())
        for (const packet& each : to.filled_slots(port))
            inputs_.in_hand().let_go(each);
    if (inputs_.has_parked())
        for (packet& each : to.filled_slots(port))
            detail::packet_access::set_tries(each, 0); // they were this node's
    const std::size_t count = to.publish(
        port,
        [](const wire& published)
        {
            if (published.other != nullptr)
                published.other->filled(*published.queue);
        },
        [&](std::span<packet> packets) {
            of_.plan.is_source ? source_.send_as_entries(index, packets)
                               : send_to(to.wires(), packets);
        });
    of_.counters.sent.add(count);
}

// Gives each wire a copy of as many as all wires have room for that drop none, so that none gets ahead of
// another behind which it may be waited for. That takes 385 instructions a packet and wire, its end included;
// 540 when packets were handed on one by one.
void node_outputs::send_to(const std::vector<wire>& wires, std::span<packet> packets)
{
    if (wires.empty())
        for (packet& each : packets)
            end_packet(std::move(each), detail::end::dropped, of_.counters, inputs_);
    while (!wires.empty() && !packets.empty())
    {
        const auto full = std::ranges::find_if(
            wires, [](const wire& each) { return each.queue->full() && !each.queue->drops(); });
        if (full != wires.end())
        {
            fiber_.wait_for_room(*full);
            continue;
        }
        std::size_t count = packets.size();
        for (const wire& each : wires)
            if (!each.queue->drops())
                count = std::min(count, each.queue->writable().size());
        for (const wire& each : wires)
            hand_on(each, packets.first(count), &each == &wires.back());
        packets = packets.subspan(count);
    }
}

// Gives a wire copies of the packets, or, the last one, themselves; what it has no room for is dropped.
void node_outputs::hand_on(const wire& to, std::span<packet> packets, bool is_last)
{
    const auto taken = [is_last](packet& each)
    { return is_last ? std::move(each) : detail::packet_access::share(each); };
    while (!packets.empty() && !to.queue->full())
    {
        const std::span<packet> slots = to.queue->writable();
        const std::size_t count = std::min(slots.size(), packets.size());
        for (std::size_t i = 0; i < count; ++i)
            slots[i] = taken(packets[i]);
        to.queue->publish(count);
        if (to.other != nullptr)
            to.other->filled(*to.queue);
        packets = packets.subspan(count);
    }
    for (packet& each : packets)
        end_packet(taken(each), detail::end::dropped, of_.counters, inputs_);
    if (!packets.empty())
        to.queue->dropped(packets.size());
}

void node_outputs::send_as_error(packet&& failed)
{
    flush();
    send_to(error_wires_, {&failed, 1});
}

// Marks the end of a request behind what was sent by this output; the marks of what the port has
// written into the only edge, and not published yet, go ahead of it.
void node_outputs::mark_outlet(std::size_t index)
{
    outlet& to = outlets_[index];
    const std::size_t filled =
        to.filled(*detail::component_access::members(*instance_).outputs[index]);
    if (filled != 0 && to.writes_into_edge())
        return to.wires().front().queue->mark(filled); // heard of when they are published
    if (filled != 0)
        flush(index);
    for (const wire& each : to.wires())
        mark(each);
}

// A request is over when its end has come at each input. Where the component does not wait, there may be
// nothing left of the request but its end, which it will come to later. Packets that are to be tried
// again must go on before the ends of their requests do.
void node_outputs::forward_request_ends(inlet& waiting_at)
{
    waiting_at.parked().forget_taken();
    if (std::ranges::none_of(inputs_, [this](const inlet& each)
                             { return each.request_ends_passed() > request_ends_forwarded_; }))
        return;
    std::uint64_t ended = waiting_at.requests_over();
    for (const inlet& each : inputs_)
        if (&each != &waiting_at)
            ended = std::min(ended, each.requests_received());
    if (ended == std::numeric_limits<std::uint64_t>::max())
        return;
    for (; request_ends_forwarded_ < ended; ++request_ends_forwarded_)
    {
        for (std::size_t i = 0; i < outlets_.size(); ++i)
            mark_outlet(i);
        for (const wire& to : error_wires_)
            mark(to);
    }
    for (inlet& each : inputs_)
        each.request_ends_forwarded(request_ends_forwarded_);
}

void node_outputs::close() const noexcept
{
    const auto close = [](const wire& to)
    {
        to.queue->close();
        if (to.other != nullptr)
            to.other->filled(*to.queue);
    };
    for (const outlet& each : outlets_)
        for (const wire& to : each.wires())
            close(to);
    for (const wire& to : error_wires_)
        close(to);
}

} // namespace penstock::host
