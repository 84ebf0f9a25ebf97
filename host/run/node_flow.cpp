// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// How packets come into a node, and how it waits; see node_outputs.cpp for the way out.
#include "host/run/node.hpp"

#include "host/packages/problem.hpp"

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
constexpr auto short_turn = std::chrono::microseconds(10);
constexpr unsigned most_unmeasured = 15;

} // namespace

void node::suspend(waiting what)
{
    check_stopped();
    for (const inlet& each : inlets_)
        each.each_wire([this](const wire& from) { tell_freed(from, true); });
    waiting_ = what;
    if (what < waiting::start && lane_.is_room_awaited())
        lane_.relieve(rank_);
    fibers_.suspend();
    stop_waiting();
    detail::set_current(this);
    check_stopped();
}

void node::wait_for_packets(const input& port)
{
    waiting_input_ = port.index();
    suspend(waiting::packets);
}

void node::wait_for_room(const wire& to)
{
    check_stopped();
    waiting_for_room_ = &to;
    lane_.room_awaited();
    suspend(waiting::room);
}

void node::wake() noexcept
{
    stop_waiting();
    fibers_.wake(rank_);
}

void node::stop_waiting() noexcept
{
    if (std::exchange(waiting_, waiting::nothing) == waiting::room)
        lane_.room_no_longer_awaited();
}

void node::let_others_run()
{
    if (!fibers_.yield())
        return;
    detail::set_current(this);
    check_stopped();
}

fiber_wait node::waits_for(std::vector<std::size_t>& on) const
{
    if (waiting_ == waiting::nothing)
        return {.ends_by_itself = !ended_};
    if (waiting_ >= waiting::start)
        return {.ends_by_itself = true};
    if (waiting_ == waiting::room)
    {
        on.push_back(waiting_for_room_->other->rank_);
        return {.full = waiting_for_room_->queue};
    }
    const inlet& from = inlets_[waiting_input_];
    if (!from.parked().empty() && from.parked().is_any_due_later(clock::now()))
        return {.ends_by_itself = true};
    from.each_awaited_wire([&](const wire& each)
                           { on.push_back(each.other == nullptr ? 0 : each.other->rank_); });
    return {};
}

std::string node::wait_text() const
{
    switch (waiting_)
    {
    case waiting::nothing: return ended_ ? "has ended" : "runs";
    case waiting::packets:
        return (inlets_[waiting_input_].parked().empty()
                    ? "waits for packets at "
                    : "tries packets again later, and waits for others at ") +
               quote(plan_.inputs[waiting_input_]);
    case waiting::room:
        return "waits for room before " + quote(waiting_for_room_->other->plan_.name) + ", where " +
               std::to_string(waiting_for_room_->queue->size()) + " packets are";
    case waiting::start: return "has not begun";
    case waiting::blocking: return "is in blocking work";
    case waiting::time: return "waits for a time of its own";
    case waiting::resource: return "waits for a resource of its own";
    case waiting::availability:
    case waiting::availability_or_packets: return "waits for what is unavailable";
    case waiting::upstream: return "waits for its upstream, or for what it has read to end";
    case waiting::admission: return "waits until the graph takes in more";
    case waiting::restart: return "waits to start anew";
    case waiting::deployment: return "has given up";
    }
    return {};
}

void node::filled(const edge&) noexcept
{
    wake_for_packets();
}

void node::wake_for_packets() noexcept
{
    if (waiting_ == waiting::packets || waiting_ == waiting::availability_or_packets)
        wake();
}

// As a rule it goes on when it can send many; but who has freed a few may wait for what it would send.
void node::freed(const edge& queue, bool at_last) noexcept
{
    if (waiting_ == waiting::room && waiting_for_room_->queue == &queue &&
        (at_last ? !queue.full() : queue.half_empty()))
        wake();
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
    release_span();
    settle();
    if (is_careful_)
        be_careful();
    if (is_careful_ && wait.purpose == detail::purpose::batch_more)
        return detail::arrival::timeout; // what is noted is one packet
    if (is_away() && wait.purpose == detail::purpose::batch_more)
        return detail::arrival::timeout; // a probe is a batch of its own
    end_probe(wait);
    const auto is_starved = [&] { return !any_parked_ && from.is_starved(); };
    if (!is_starved() && !is_away() && next_in_turn(port, wait))
        return detail::arrival::packets;
    flush_outputs();
    forward_request_ends(from, wait);
    end_turn();
    // One at a time where one of them may have to be left out.
    const std::size_t limit = plan_.quarantine.empty() && !is_careful_ ? span_limit_ : 1;
    // Who has to wait anyway does so at once, which saves a switch of fibers. Some may have come while it
    // waited to be rid of others.
    if (wait.until == clock::time_point::max() && !wait.stop_at_request_end && is_starved())
        wait_for_packets(port);
    else
        let_others_run();
    for (;;)
    {
        check_stopped();
        if (is_away() && must_wait_for_it(from, wait))
        {
            if (clock::now() >= wait.until)
                return detail::arrival::timeout;
            continue;
        }
        if (any_parked_)
            if (const auto why = refill_parked(port, wait))
            {
                if (*why == detail::arrival::packets)
                    open_span(from, port);
                probe_is_out_ = probing_;
                return *why;
            }
        if (from.next_span(port, probing_ ? 1 : limit))
        {
            if (!plan_.quarantine.empty() && bury_quarantined(port))
                continue;
            open_span(from, port);
            turn_left_ = probing_ ? 0 : limit - from.span_size();
            probe_is_out_ = probing_;
            begin_turn();
            return detail::arrival::packets;
        }
        if (from.pass_request_end(received()))
        {
            if (wait.stop_at_request_end)
            {
                passed_request_ = true;
                return detail::arrival::request_end; // forwarded by the next call
            }
            forward_request_ends(from, wait);
            continue;
        }
        if (from.exhausted())
            return detail::arrival::closed;
        if (inlets_.size() > 1)
            forward_request_ends(from, wait); // one may have come at another input
        if (wait.stop_at_request_end && must_end_late(from))
        {
            from.end_late();
            passed_request_ = true;
            return detail::arrival::request_end;
        }
        give_up_probe(); // there is no packet to make it with
        if (wait.until == clock::time_point::max())
        {
            wait_for_packets(port);
            continue;
        }
        if (clock::now() >= wait.until)
            return detail::arrival::timeout;
        lane_.wake_at(rank_, wait.until);
        wait_for_packets(port);
    }
}

// Tells whether no end of a request is on its way to an input, though packets came there that none has
// ended: a component before has kept them for longer than their request. Who receives at several
// inputs in turn gets such an end at each.
bool node::must_end_late(const inlet& from) const
{
    const std::uint64_t fed = lane_.requests_fed();
    if (from.request_ends_passed() != fed)
        return false;
    const auto goes_before = [&](const inlet& other)
    {
        return from.late_ended() < other.late_ended() ||
               (from.late_ended() == other.late_ended() && other.request_ends_passed() == fed &&
                other.has_packet(clock::now()));
    };
    return from.mid_request() || (inlets_.size() > 1 && std::ranges::any_of(inlets_, goes_before));
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
        if (!from.pass_request_end(received()))
            return false;
        forward_request_ends(from, wait);
    }
    open_span(from, port);
    turn_left_ -= from.span_size();
    return true;
}

// Measures a turn, which begins when this node has packets: what others did before is not its time. Of
// short ones only some, because to look at the clock twice costs as much as a hop.
void node::begin_turn()
{
    taken_in_turn_ = 0;
    is_measured_ = unmeasured_turns_ == 0;
    if (is_measured_)
        turn_began_ = clock::now();
    else
        --unmeasured_turns_;
}

void node::end_turn()
{
    if (!std::exchange(is_measured_, false) || taken_in_turn_ == 0)
        return;
    const auto spent = clock::now() - turn_began_;
    const auto per_packet = spent / static_cast<std::int64_t>(taken_in_turn_);
    const auto fits =
        per_packet.count() <= 0 ? static_cast<std::int64_t>(most_span) : most_turn / per_packet;
    span_limit_ = static_cast<std::size_t>(
        std::clamp<std::int64_t>(fits, 1, static_cast<std::int64_t>(most_span)));
    unmeasured_turns_ = spent < short_turn && span_limit_ == most_span ? most_unmeasured : 0;
}

// Numbers the packets that the port was given.
void node::open_span(inlet& from, input& port)
{
    detail::packet_access::enter(from.span(), received_ + 1, port.index());
    open_ = &from;
    port_ = &port;
    if (is_careful_)
        hand_.receive(from.span().front());
}

void node::release_span()
{
    if (open_ == nullptr)
        return;
    const std::uint32_t taken = taken_of_span();
    received_ += taken;
    taken_in_turn_ += taken;
    std::exchange(open_, nullptr)
        ->release_span(*port_, [this](const wire& from) { tell_freed(from); });
    count_received();
}

void node::count_received() noexcept
{
    const std::uint32_t now = received();
    counters_.received.add(now - std::exchange(counted_, now));
}

// What was sent is in its hand no more.
void node::be_careful()
{
    if (lane_.is_careful())
        return flush_outputs();
    is_careful_ = false;
    hand_.clear();
}

void node::tell_freed(const wire& from, bool at_last)
{
    if (from.other != nullptr)
        from.other->freed(*from.queue, at_last);
    else
        lane_.door_freed(*from.queue, at_last);
}

void node::blocking(detail::callable work)
{
    check_stopped();
    flush_outputs();
    bool done = false;
    std::exception_ptr error;
    lane_.run_blocking(
        [this, &error, work]
        {
            try
            {
                detail::call_outside(*this, work);
            }
            catch (...)
            {
                error = std::current_exception();
            }
        },
        rank_, done);
    waiting_ = waiting::blocking;
    while (!done) // also when cancelled: the work borrows from this stack
        fibers_.suspend();
    waiting_ = waiting::nothing;
    detail::set_current(this);
    fail_outside();
    if (error != nullptr)
        std::rethrow_exception(error);
    check_stopped();
}

void node::wait_until(clock::time_point when)
{
    check_stopped();
    flush_outputs();
    while (clock::now() < when)
    {
        lane_.wake_at(rank_, when);
        suspend(waiting::time);
    }
}

// In start() the version before may still have the resource, and goes on until start() has returned; so
// it is only declared there, and waited for before run().
void node::acquire(std::string_view resource)
{
    check_stopped();
    if (lane_.going())
        return wait_for_resource(std::string(resource));
    if (const std::string holder = lane_.claim(resource); !holder.empty())
        throw std::runtime_error(quote(resource) + " is in use by graph " + quote(holder) +
                                 "; one that no other graph uses was expected");
    resources_.emplace_back(resource);
}

void node::wait_for_resource(const std::string& resource)
{
    flush_outputs();
    auto granted = std::make_shared<bool>(false);
    if (lane_.acquire(resource, rank_, granted))
        return;
    const clock::time_point since = clock::now();
    const clock::time_point tell = since + lane_.wait_limits().resource;
    lane_.wake_at(rank_, tell);
    for (bool told = false; !*granted; suspend(waiting::resource))
    {
        if (told || clock::now() < tell)
            continue;
        told = true;
        const std::string holder = lane_.holder_of(resource);
        const std::string text = quote(resource) + ", which " +
                                 (holder.empty() ? "an older version of this graph has"
                                                 : "graph " + quote(holder) + " has");
        counters_.resource.set(text, clock::now() - since);
        lane_.log(severity::warning, plan_.name, "waits for " + text);
    }
    counters_.resource.clear();
}

} // namespace penstock::host
