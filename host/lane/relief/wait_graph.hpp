// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/edge.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace penstock::host
{

/// What a fiber of a lane waits for.
struct fiber_wait
{
    bool ends_by_itself =
        false; ///< the fiber runs; or time, a thread or another graph ends the wait
    const edge* full = nullptr; ///< the edge in which the fiber waits for room, if it does
    std::chrono::steady_clock::duration own_time{}; ///< the time that its component chose to wait
};

/// Finds artificial deadlocks of one lane: fibers that wait for each other because an edge between
/// them is full, though the graph as such could go on.
///
/// A fiber that waits for room depends on the consumer of that edge, one that waits for packets on
/// any of their producers. If no fiber that a fiber depends on, at whatever distance, can move, the
/// smallest of the full edges on the way must grow (T. M. Parks, Bounded Scheduling of Process
/// Networks, 1995). The last fiber of such a group to wait finds it at that moment (M. Geilen and
/// T. Basten, Requirements on the Execution of Kahn Process Networks, 2003). [one lane]
class wait_graph
{
public:
    /// Returns what the fiber of a rank waits for, and appends the ranks of the fibers that can
    /// bring it. A fiber that no other of the lane can help appends none.
    using look_function = std::function<fiber_wait(std::size_t rank, std::vector<std::size_t>& on)>;

    wait_graph(std::size_t ranks, look_function look);

    /// Finds a fiber whose full edge must grow, now that the fiber of a rank has nothing to do but
    /// wait; nothing if all can go on in time.
    [[nodiscard]] std::optional<std::size_t> find_deadlock(std::size_t rank);

    /// Lists the ranks of the fibers that a full edge or something outside of the lane holds up,
    /// each followed by those that it depends on. `is_fine` is given such a list, and says whether
    /// it is left out.
    [[nodiscard]] std::vector<std::size_t>
    who_waits(const std::function<bool(const std::vector<std::size_t>& ranks)>& is_fine);

private:
    struct outcome
    {
        bool moves = false;                 // somebody on the way can
        std::optional<std::size_t> waiting; // for room in the smallest full edge on the way
    };
    [[nodiscard]] outcome walk(std::size_t from);
    [[nodiscard]] std::vector<std::size_t> all_behind(std::size_t from);

    const look_function look_;
    std::vector<bool> seen_;
    std::vector<std::size_t> to_visit_;
};

} // namespace penstock::host
