// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/node/node_inputs.hpp"
#include "host/lane/node/node_setting.hpp"
#include "host/lane/relief/wait_graph.hpp"

#include <penstock/detail/runtime.hpp>
#include <penstock/port.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace penstock::host
{

/// What the fiber of a node waits for.
enum class waiting
{
    nothing,
    packets, ///< until a deadline, perhaps
    room,
    start, ///< from here on: what comes from outside of the lane, or with time
    blocking,
    time,   ///< which the component has asked for
    window, ///< until it ends, or packets come
    resource,
    availability,
    availability_or_packets,
    admission,
    upstream,
    dead_letters,
    restart,
    deployment
};

/// The fiber that runs a node: suspends it, wakes it, and knows what it waits for. Calls that
/// suspend throw `stopped` when everything must end. [the lane's thread]
class node_fiber
{
public:
    using clock = scheduler::clock;

    /// `runtime` is the current one whenever the fiber runs.
    node_fiber(const node_setting& of, detail::runtime& runtime, const node_inputs& inputs)
        : of_(of), runtime_(runtime), inputs_(inputs)
    {
    }

    void check_stopped() const
    {
        if (of_.lane.cancelled() ||
            (of_.plan.is_source && !is_acknowledging_ && of_.lane.draining())) [[unlikely]]
            throw stopped();
    }

    /// Sets whether the component ends by itself when its graph drains.
    void set_acknowledging(bool is_acknowledging) noexcept { is_acknowledging_ = is_acknowledging; }

    /// Suspends until it is woken, for whatever reason, or soon after a time.
    void suspend(waiting what, clock::time_point until = clock::time_point::max());
    void wait_for_packets(std::size_t input, clock::time_point until = clock::time_point::max());
    void wait_for_room(const edge_end& to);

    /// Yields to the fibers that are ready.
    void let_others_run();

    /// Suspends until `done`, also when everything must end. Throws nothing.
    void wait_for_blocking(const bool& done);

    /// Called when there are packets, or room in an edge; `at_last`: and no more for now.
    void packets_came() noexcept;
    void room_came(const edge& queue, bool at_last) noexcept;

    /// Ends its wait, whatever it waits for.
    void wake() noexcept;

    /// Called when the fiber is about to end.
    void end() noexcept { ended_ = true; }
    [[nodiscard]] bool has_ended() const noexcept { return ended_; }

    /// Returns what it waits for, and appends the ranks of the nodes that can bring it; 0 is the
    /// lane's ingress.
    [[nodiscard]] fiber_wait waits_for(std::vector<std::size_t>& on) const;

    /// Returns what it waits for, in words: `waits for packets at "in"`.
    [[nodiscard]] std::string text() const;

    /// The edge in which it waits for room, while it does.
    [[nodiscard]] const edge_end& awaited_room() const noexcept { return *room_; }

private:
    void stop_waiting() noexcept;

    const node_setting& of_;
    detail::runtime& runtime_;
    const node_inputs& inputs_;
    waiting what_ = waiting::nothing;
    const edge_end* room_ = nullptr;
    std::size_t input_ = 0;
    clock::duration own_time_{}; // of a wait with a deadline
    bool is_acknowledging_ = false;
    bool ended_ = false;
};

} // namespace penstock::host
