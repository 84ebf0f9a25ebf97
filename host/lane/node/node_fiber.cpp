// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/node_fiber.hpp"

#include "host/base/problem.hpp"
#include "host/lane/node/node.hpp"

#include <utility>

namespace penstock::host
{

void node_fiber::suspend(waiting what, clock::time_point until)
{
    check_stopped();
    inputs_.tell_freed_at_last();
    what_ = what;
    const bool has_deadline = until != clock::time_point::max();
    own_time_ = {};
    if (has_deadline)
    {
        own_time_ = until - clock::now();
        of_.lane.wake_at(of_.rank, until);
    }
    if (what < waiting::start && of_.lane.is_room_awaited())
        of_.lane.relieve(of_.rank);
    of_.fibers.suspend();
    if (has_deadline)
        of_.lane.wake_at(of_.rank, clock::time_point::max());
    stop_waiting();
    detail::set_current(&runtime_);
    check_stopped();
}

void node_fiber::wait_for_packets(std::size_t input, clock::time_point until)
{
    input_ = input;
    suspend(waiting::packets, until);
}

void node_fiber::wait_for_room(const edge_end& to)
{
    check_stopped();
    room_ = &to;
    of_.lane.room_awaited();
    suspend(waiting::room);
}

void node_fiber::let_others_run()
{
    if (!of_.fibers.yield())
        return;
    detail::set_current(&runtime_);
    check_stopped();
}

void node_fiber::wait_for_blocking(const bool& done)
{
    what_ = waiting::blocking;
    while (!done) // also when cancelled: the work borrows from this stack
        of_.fibers.suspend();
    what_ = waiting::nothing;
    detail::set_current(&runtime_);
}

void node_fiber::packets_came() noexcept
{
    if (what_ == waiting::packets || what_ == waiting::window ||
        what_ == waiting::availability_or_packets)
        wake();
}

// As a rule it goes on when it can send many; but who has freed a few may wait for what it would
// send.
void node_fiber::room_came(const edge& queue, bool at_last) noexcept
{
    if (what_ == waiting::room && room_->queue == &queue &&
        (at_last ? !queue.full() : queue.half_empty()))
        wake();
}

void node_fiber::wake() noexcept
{
    stop_waiting();
    of_.fibers.wake(of_.rank);
}

void node_fiber::stop_waiting() noexcept
{
    if (std::exchange(what_, waiting::nothing) == waiting::room)
        of_.lane.room_no_longer_awaited();
}

fiber_wait node_fiber::waits_for(std::vector<std::size_t>& on) const
{
    if (what_ == waiting::nothing)
        return {.ends_by_itself = !ended_};
    if (what_ == waiting::time)
        return {.ends_by_itself = true, .own_time = own_time_};
    if (what_ >= waiting::start)
        return {.ends_by_itself = true};
    if (what_ == waiting::room)
    {
        on.push_back(room_->other->rank());
        return {.full = room_->queue};
    }
    const input_queue& from = inputs_[input_];
    if (!from.retries().empty() &&
        from.retries().next_due(clock::now()) != clock::time_point::max())
        return {.ends_by_itself = true};
    from.each_awaited_end([&](const edge_end& each)
                          { on.push_back(each.other == nullptr ? 0 : each.other->rank()); });
    return {.own_time = own_time_};
}

std::string node_fiber::text() const
{
    switch (what_)
    {
    case waiting::nothing: return ended_ ? "has ended" : "runs";
    case waiting::packets:
        return (inputs_[input_].retries().empty()
                    ? "waits for packets at "
                    : "tries packets again later, and waits for others at ") +
               quote(of_.plan.inputs[input_]);
    case waiting::room:
        return "waits for room before " + quote(room_->other->plan().name) + ", where " +
               std::to_string(room_->queue->size()) + " packets are";
    case waiting::start: return "has not begun";
    case waiting::blocking: return "is in blocking work";
    case waiting::time: return "waits for a time of its own";
    case waiting::window: return "has a packet in its last attempt, which is alone in its window";
    case waiting::resource: return "waits for a resource of its own";
    case waiting::availability:
    case waiting::availability_or_packets: return "waits for what is unavailable";
    case waiting::upstream: return "waits for its upstream, or for what it has read to end";
    case waiting::admission: return "waits until the graph takes in more";
    case waiting::dead_letters: return "waits for a disk that takes no dead letters";
    case waiting::restart: return "waits to start anew";
    case waiting::deployment: return "has given up";
    }
    return {};
}

} // namespace penstock::host
