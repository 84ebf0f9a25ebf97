// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/detail/held_packet.hpp>
#include <penstock/detail/own_window.hpp>
#include <penstock/detail/runtime.hpp>
#include <penstock/port.hpp>
#include <penstock/testing/run.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

namespace penstock::testing
{

/// The packets that one input of a test run receives: each at its time, and those that are retried.
class feed
{
public:
    using clock = std::chrono::steady_clock;

    /// Takes the packets, whose times count from `begin`, and how often one may be received.
    feed(std::vector<timed> packets, clock::time_point begin, std::uint32_t attempts);

    /// Gives the port a new span, of packets numbered on from `received`, and moves `now` on to
    /// when that was; or says why there is none. `held` watches a packet in its last attempt.
    [[nodiscard]] detail::arrival next(input& port, const detail::wait& wait,
                                       clock::time_point& now, std::uint32_t received,
                                       detail::held_packet& held);

    /// Returns whether the nth packet that the component has received is the last that came alone
    /// here.
    [[nodiscard]] bool came_alone(std::uint32_t receive) const noexcept
    {
        return receive == last_alone_;
    }

    /// Called for a new instance, which holds nothing.
    void start_anew();

    /// Takes back what the port has not received of its span.
    void release(input& port);

    /// Takes a packet that is received again at once, before all others.
    void put_back(packet&& packet);

    /// Takes a packet that is received again when nothing else is there, as in its last attempt.
    void put_last(packet&& packet) { again_.push_back(std::move(packet)); }

    /// Takes a packet that is tried again when nothing else is there; false if it has no attempt
    /// left.
    [[nodiscard]] bool try_again(packet& packet);

    [[nodiscard]] bool is_empty() const noexcept { return waiting_.empty() && again_.empty(); }

private:
    [[nodiscard]] bool must_time_out(const detail::wait& wait, clock::time_point& now,
                                     bool is_held);
    [[nodiscard]] detail::arrival time_out(const detail::wait& wait, clock::time_point& now);
    [[nodiscard]] bool give_due(input& port, clock::time_point now);
    [[nodiscard]] detail::arrival give_again(input& port, const detail::wait& wait,
                                             detail::held_packet& held);
    void give(input& port, std::vector<packet> packets);
    [[nodiscard]] bool is_last_try(const packet& packet) const noexcept;

    struct entry
    {
        clock::time_point due;
        packet content;
    };

    const std::uint32_t attempts_;
    std::deque<entry> waiting_;
    std::deque<packet> again_;
    std::vector<packet> span_;
    std::uint32_t received_ = 0;   // by the component, over all inputs, before the span
    bool alone_ = false;           // what was given last is a batch, a request, a window of its own
    std::uint32_t last_alone_ = 0; // the number of the packet that came alone last; 0: none did
    detail::own_window window_;
    bool waited_ = false; // a deadline has passed since the last packet
    bool ended_ = false;  // the end of the request was told
};

} // namespace penstock::testing
