// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/edge.hpp"
#include "host/lane/lane_ingress.hpp"
#include "host/lane/lane_services.hpp"
#include "host/lane/node/node.hpp"
#include "host/lane/relief/wait_graph.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace penstock::host
{

/// The relief of artificial deadlocks in a lane: full edges grow that make its fibers wait for each
/// other, as long as the packets on the edges take less than the limit of the lane. It knows which
/// fiber waits for which. [one lane]
class relief
{
public:
    using clock = std::chrono::steady_clock;
    using nodes = std::vector<std::unique_ptr<node>>;
    using edges = std::vector<std::unique_ptr<edge>>;

    /// Everything outlives it. The node of rank n is `nodes[n - 1]`, or null.
    relief(lane_services& lane, lane_ingress& ingress, const nodes& nodes, const edges& edges,
           std::size_t ranks);

    /// Relieves those that a rank would hold up that is about to wait.
    void relieve(std::size_t rank);

    /// Looks whether edges may grow that could not, if it is time to; returns when to look next, or
    /// `max`.
    clock::time_point look(clock::time_point now);

    /// Says who waits for whom: first those who are held up, then those on whom they wait, at
    /// whatever distance. Empty if all of them wait on a node that holds packets and has chosen to
    /// wait for as long as a standstill takes, as one that delays them.
    [[nodiscard]] std::string who_waits();

private:
    void grow_edges(std::size_t rank);
    [[nodiscard]] bool is_memory_full();
    [[nodiscard]] std::uint64_t bytes_on_edges() const;
    [[nodiscard]] fiber_wait waits_for(std::size_t rank, std::vector<std::size_t>& on) const;
    [[nodiscard]] bool holds_packets(std::size_t rank) const;
    [[nodiscard]] bool has_chosen_to_wait(std::size_t rank) const;
    [[nodiscard]] std::string wait_of(std::size_t rank) const;

    lane_services& lane_;
    lane_ingress& ingress_;
    const nodes& nodes_;
    const edges& edges_;
    const std::size_t ranks_;
    wait_graph waits_;
    bool is_held_up_ = false; // by the limit: no edge grows before the next look
    clock::time_point next_look_{};
};

} // namespace penstock::host
