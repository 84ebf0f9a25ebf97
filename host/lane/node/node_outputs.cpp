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

void add_request_end(const edge_end& to)
{
    to.queue->add_request_end();
    if (to.other != nullptr)
        to.other->filled(*to.queue);
}

} // namespace

node_outputs::node_outputs(const node_setting& of, node_inputs& inputs, node_fiber& fiber,
                           node_source& source)
    : of_(of),
      inputs_(inputs),
      fiber_(fiber),
      source_(source),
      output_writers_(of.plan.outputs.size())
{
}

void node_outputs::add_edge(std::size_t port, edge_end to)
{
    if (port == error_port)
        error_ends_.push_back(to);
    else
        output_writers_[port].add(to);
    const bool is_only = output_writers_.size() == 1 && output_writers_.front().writes_into_edge();
    only_ = is_only ? &output_writers_.front() : nullptr;
}

void node_outputs::connect(component* instance)
{
    for (std::size_t i = 0; i < output_writers_.size(); ++i)
        output_writers_[i].connect(instance == nullptr
                                       ? nullptr
                                       : detail::component_access::members(*instance).outputs[i]);
}

void node_outputs::make_room(output& port)
{
    fiber_.check_stopped();
    output_writer& to = output_writers_[port.index()];
    const bool has_sent = to.filled() != 0;
    if (has_sent)
        flush(to);
    if (to.writes_into_edge())
    {
        const edge_end& only = to.ends().front();
        const edge& queue = *only.queue;
        while (queue.full())
        {
            flush();
            if (!queue.full()) // any more: others were waited for
                break;
            fiber_.wait_for_room(only);
        }
    }
    if (has_sent) // else they have just run, when it was flushed
        fiber_.let_others_run();
    to.next_span(most_room);
}

void node_outputs::flush()
{
    for (output_writer& each : output_writers_)
        if (each.filled() != 0)
            flush(each);
        else if (each.has_span())
            each.take_span();
}

void node_outputs::flush(output_writer& from)
{
    if (inputs_.in_hand().keeps_account())
        for (const packet& each : from.filled_slots())
            inputs_.in_hand().let_go(each);
    if (inputs_.has_retries())
        for (packet& each : from.filled_slots())
            if (detail::packet_access::tries(each) != 0)
            {
                detail::packet_access::set_tries(each, 0); // they were this node's
                of_.counters.retrying.ended();
            }
    const std::size_t count = from.publish(
        [](const edge_end& published)
        {
            if (published.other != nullptr)
                published.other->filled(*published.queue);
        },
        [&](std::span<packet> packets)
        {
            of_.plan.is_source ? source_.send_as_entries(from.index(), packets)
                               : send_to(from.ends(), packets);
        });
    of_.counters.sent.add(count);
}

// Gives each edge a copy of as many as all edges have room for that drop none, so that none gets
// ahead of another behind which it may be waited for. That takes 385 instructions a packet and
// edge, its end included; 540 when packets were handed on one by one.
void node_outputs::send_to(const std::vector<edge_end>& ends, std::span<packet> packets)
{
    if (ends.empty())
        for (packet& each : packets)
            end_packet(std::move(each), detail::end::dropped, of_.counters, inputs_);
    while (!ends.empty() && !packets.empty())
    {
        const auto full = std::ranges::find_if(
            ends, [](const edge_end& each) { return each.queue->full() && !each.queue->drops(); });
        if (full != ends.end())
        {
            fiber_.wait_for_room(*full);
            continue;
        }
        std::size_t count = packets.size();
        for (const edge_end& each : ends)
            if (!each.queue->drops())
                count = std::min(count, each.queue->writable().size());
        for (const edge_end& each : ends)
            hand_on(each, packets.first(count), &each == &ends.back());
        packets = packets.subspan(count);
    }
}

// Gives a wire copies of the packets, or, the last one, themselves; what it has no room for is
// dropped.
void node_outputs::hand_on(const edge_end& to, std::span<packet> packets, bool is_last)
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
    send_to(error_ends_, {&failed, 1});
}

// Adds the end of a request behind what was sent by this output; the ends behind what the port has
// written into the only edge, and not published yet, go ahead of it.
void node_outputs::end_request_on(output_writer& to)
{
    const std::size_t filled = to.filled();
    if (filled != 0 && to.writes_into_edge())
        return to.ends().front().queue->add_request_end(filled); // heard of when they are published
    if (filled != 0)
        flush(to);
    for (const edge_end& each : to.ends())
        add_request_end(each);
}

// A request is over when its end has come at each input. Where the component does not wait, there
// may be nothing left of the request but its end, which it will come to later. Packets that are to
// be tried again must go on before the ends of their requests do.
void node_outputs::forward_ends_passed(input_queue& waiting_at)
{
    std::uint64_t ended = waiting_at.requests_over();
    for (const input_queue& each : inputs_)
        if (&each != &waiting_at)
            ended = std::min(ended, each.requests_received());
    if (ended == std::numeric_limits<std::uint64_t>::max())
        return;
    for (; request_ends_forwarded_ < ended; ++request_ends_forwarded_)
    {
        for (output_writer& each : output_writers_)
            end_request_on(each);
        for (const edge_end& to : error_ends_)
            add_request_end(to);
    }
    for (input_queue& each : inputs_)
        each.request_ends_forwarded(request_ends_forwarded_);
}

void node_outputs::close() const noexcept
{
    const auto close = [](const edge_end& to)
    {
        to.queue->close();
        if (to.other != nullptr)
            to.other->filled(*to.queue);
    };
    for (const output_writer& each : output_writers_)
        for (const edge_end& to : each.ends())
            close(to);
    for (const edge_end& to : error_ends_)
        close(to);
}

} // namespace penstock::host
