// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// How packets flow in and out of a node; the rest of the class is in node.cpp and node_settle.cpp.
#include "host/run/node.hpp"

#include <algorithm>
#include <chrono>
#include <exception>
#include <stdexcept>
#include <utility>

namespace penstock::host
{

namespace
{

// A node lets others run after so many packets, or, if they take long, after such a time.
constexpr std::size_t most_span = 64;
constexpr auto most_turn = std::chrono::microseconds(500);

constexpr auto retry_when_full = std::chrono::milliseconds(1);

void mark(const wire& to)
{
    to.queue->mark();
    if (to.other != nullptr)
        to.other->filled(*to.queue);
}

} // namespace

void node::suspend(waiting what)
{
    check_stopped();
    waiting_ = what;
    lane_.fibers().suspend();
    waiting_ = waiting::nothing;
    detail::set_current(this);
    check_stopped();
}

void node::check_stopped() const
{
    if (lane_.cancelled() || (plan_.is_source && lane_.draining()))
        throw stopped();
}

bool node::waits_for_lane() const noexcept
{
    return ended_ || waiting_ == waiting::packets || waiting_ == waiting::room;
}

void node::filled(const edge&) noexcept
{
    wake_for_packets();
}

void node::wake_for_packets() noexcept
{
    if (waiting_ == waiting::packets || waiting_ == waiting::packets_or_time)
        lane_.fibers().wake(rank_);
}

void node::freed(const edge& queue) noexcept
{
    if (waiting_ == waiting::room && waiting_for_room_ == &queue && queue.half_empty())
        lane_.fibers().wake(rank_);
}

void node::grow_input(edge& queue)
{
    for (std::size_t i = 0; i < inlets_.size(); ++i)
    {
        bool ours = false;
        inlets_[i].each_wire([&](const wire& from) { ours = ours || from.queue == &queue; });
        if (!ours)
            continue;
        input* port = instance_ == nullptr
                          ? nullptr
                          : detail::component_access::members(*instance_).inputs[i];
        inlets_[i].grow(queue, port);
        return;
    }
}

detail::arrival node::refill(input& port, const detail::wait& wait)
{
    check_stopped();
    inlet& from = inlets_[port.index()];
    release_spans();
    settle();
    if (wait.until == clock::time_point::max())
        comebacks_[port.index()].timeouts = 0;
    if (next_in_turn(port, wait))
        return detail::arrival::packets;
    flush_outputs();
    forward_request_ends();
    clock::time_point now = clock::now();
    // One at a time where one of them may have to be left out.
    const std::size_t limit = plan_.quarantine.empty() ? span_limit(now) : 1;
    lane_.fibers().yield(now);
    detail::set_current(this);
    for (;;)
    {
        check_stopped();
        if (any_parked_)
            if (const auto why = refill_parked(port, wait))
                return *why;
        if (from.next_span(port, limit))
        {
            if (!plan_.quarantine.empty() && bury_quarantined(port))
                continue;
            turn_left_ = limit - from.span_size();
            measured_ = clock::now(); // what others did meanwhile is not this node's time
            return detail::arrival::packets;
        }
        if (from.pass_request_end(turn()))
        {
            if (wait.stop_at_request_end)
                return detail::arrival::request_end; // forwarded by the next call
            forward_request_ends();
            continue;
        }
        if (from.exhausted())
            return detail::arrival::closed;
        if (wait.until == clock::time_point::max())
        {
            suspend(waiting::packets);
            continue;
        }
        now = clock::now();
        if (now >= wait.until)
        {
            ++comebacks_[port.index()].timeouts;
            return detail::arrival::timeout;
        }
        lane_.wake_at(rank_, wait.until);
        suspend(waiting::packets_or_time);
    }
}

// Goes on with the requests behind, within one turn: small requests would else cost a flush and a
// switch of fibers each.
bool node::next_in_turn(input& port, const detail::wait& wait)
{
    if (turn_left_ == 0 || any_parked_ || wait.stop_at_request_end || !plan_.quarantine.empty())
        return false;
    inlet& from = inlets_[port.index()];
    while (!from.next_span(port, turn_left_))
    {
        if (!from.pass_request_end(turn()))
            return false;
        forward_request_ends();
    }
    turn_left_ -= from.span_size();
    return true;
}

std::size_t node::span_limit(clock::time_point now)
{
    const auto spent = now - measured_;
    if (taken_since_measured_ != 0)
    {
        const auto per_packet = spent / static_cast<std::int64_t>(taken_since_measured_);
        const auto fits =
            per_packet.count() <= 0 ? static_cast<std::int64_t>(most_span) : most_turn / per_packet;
        span_limit_ = static_cast<std::size_t>(
            std::clamp<std::int64_t>(fits, 1, static_cast<std::int64_t>(most_span)));
    }
    taken_since_measured_ = 0;
    return span_limit_;
}

void node::release_spans()
{
    if (instance_ == nullptr)
        return;
    const auto& members = detail::component_access::members(*instance_);
    for (std::size_t i = 0; i < inlets_.size(); ++i)
    {
        input& port = *members.inputs[i];
        const std::size_t left = static_cast<std::size_t>(detail::port_access::end(port) -
                                                          detail::port_access::next(port));
        const std::size_t taken = inlets_[i].span_size() - left;
        if (inlets_[i].span_size() == 0)
            continue;
        counters_.received.add(taken);
        taken_since_measured_ += taken;
        inlets_[i].release_span(port, [this](const wire& from) { tell_freed(from); });
    }
}

void node::tell_freed(const wire& from)
{
    if (from.other != nullptr)
        from.other->freed(*from.queue);
    else
        lane_.door_freed(*from.queue);
}

void node::make_room(output& port)
{
    check_stopped();
    flush(port.index());
    outlet& to = outlets_[port.index()];
    if (to.wires().size() == 1)
    {
        const edge& queue = *to.wires().front().queue;
        while (queue.full())
        {
            flush_outputs();
            waiting_for_room_ = &queue;
            suspend(waiting::room);
        }
    }
    lane_.fibers().yield(clock::now());
    detail::set_current(this);
    check_stopped();
    to.next_span(port, most_span);
}

void node::flush_outputs()
{
    if (instance_ == nullptr)
        return;
    for (std::size_t i = 0; i < outlets_.size(); ++i)
        flush(i);
}

void node::flush(std::size_t index)
{
    output& port = *detail::component_access::members(*instance_).outputs[index];
    outlet& to = outlets_[index];
    if (to.filled(port) == 0)
        return;
    if (any_parked_)
        for (packet& each : to.filled_slots(port))
            detail::packet_access::set_tries(each, 0); // they were this node's
    const std::size_t count = to.publish(
        port,
        [](const wire& published)
        {
            if (published.other != nullptr)
                published.other->filled(*published.queue);
        },
        [&](std::span<packet> packets)
        { plan_.is_source ? offer(index, packets) : send_to(to.wires(), packets); });
    counters_.sent.add(count);
}

// Has packets of a source enter as requests of their own.
void node::offer(std::size_t index, std::span<packet> packets)
{
    for (packet& each : packets)
        while (!lane_.offer(plan_.name, index, each))
        {
            // The budget is given back on many threads; asking again is cheaper than a list of those
            // who wait.
            lane_.wake_at(rank_, clock::now() + retry_when_full);
            suspend(waiting::signal);
        }
}

// Gives each wire a copy of as many as all wires have room for, so that none gets ahead of another
// behind which it may be waited for. That takes 385 instructions a packet and wire, its end included;
// 540 when packets were handed on one by one.
void node::send_to(const std::vector<wire>& wires, std::span<packet> packets)
{
    if (wires.empty())
        for (packet& each : packets)
            end_packet(std::move(each), detail::end::dropped);
    while (!wires.empty() && !packets.empty())
    {
        std::size_t count = packets.size();
        for (const wire& each : wires)
        {
            const std::size_t room = each.queue->writable().size();
            if (room == 0)
                waiting_for_room_ = each.queue;
            count = std::min(count, room);
        }
        if (count == 0)
        {
            suspend(waiting::room);
            continue;
        }
        for (const wire& each : wires)
        {
            const std::span<packet> slots = each.queue->writable();
            for (std::size_t i = 0; i < count; ++i)
                slots[i] = &each == &wires.back() ? std::move(packets[i])
                                                  : detail::packet_access::share(packets[i]);
            each.queue->publish(count);
            if (each.other != nullptr)
                each.other->filled(*each.queue);
        }
        packets = packets.subspan(count);
    }
}

// Marks the end of a request behind what was sent by this output; the marks of what the port has
// written into the only edge, and not published yet, go ahead of it.
void node::mark_outlet(std::size_t index)
{
    outlet& to = outlets_[index];
    const std::size_t filled =
        to.filled(*detail::component_access::members(*instance_).outputs[index]);
    if (filled != 0 && to.wires().size() == 1)
        return to.wires().front().queue->mark(filled); // heard of when they are published
    if (filled != 0)
        flush(index);
    for (const wire& each : to.wires())
        mark(each);
}

void node::forward_request_ends()
{
    if (inlets_.empty())
        return;
    std::uint64_t ended = inlets_.front().requests_ended();
    for (const inlet& each : inlets_)
        ended = std::min(ended, each.requests_ended());
    if (ended == std::numeric_limits<std::uint64_t>::max())
        return;
    for (; request_ends_forwarded_ < ended; ++request_ends_forwarded_)
    {
        for (std::size_t i = 0; i < outlets_.size(); ++i)
            mark_outlet(i);
        for (const wire& to : error_wires_)
            mark(to);
    }
    for (inlet& each : inlets_)
        each.request_ends_forwarded(request_ends_forwarded_);
}

void node::blocking(detail::callable work)
{
    check_stopped();
    flush_outputs();
    bool done = false;
    std::exception_ptr error;
    lane_.run_blocking(
        [&error, work]
        {
            try
            {
                work.call(work.object);
            }
            catch (...)
            {
                error = std::current_exception();
            }
        },
        rank_, done);
    waiting_ = waiting::signal;
    while (!done) // also when cancelled: the work borrows from this stack
        lane_.fibers().suspend();
    waiting_ = waiting::nothing;
    detail::set_current(this);
    if (error != nullptr)
        std::rethrow_exception(error);
    check_stopped();
}

void node::acquire(std::string_view resource)
{
    check_stopped();
    if (!lane_.going())
        throw std::logic_error(
            "exclusive: called in start(), when the version before still has it; "
            "expected in run()");
    flush_outputs();
    auto granted = std::make_shared<bool>(false);
    if (lane_.acquire(resource, rank_, granted))
        return;
    while (!*granted)
        suspend(waiting::signal);
}

} // namespace penstock::host
