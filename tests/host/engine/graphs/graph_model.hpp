// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/host/engine/graphs/random_graph.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace penstock::host::tests
{

/// What a receipt must say.
struct expected_counts
{
    std::uint64_t delivered = 0;
    std::uint64_t dropped = 0;
    std::uint64_t failed = 0;
    std::uint64_t dead = 0;

    friend bool operator==(const expected_counts&, const expected_counts&) = default;
};

/// What becomes of one request of a graph, worked out node by node without a host.
struct expected_end
{
    expected_counts counts;
    std::map<std::pair<std::size_t, std::uint64_t>, std::size_t>
        outputs; ///< how often each publisher, by node, delivers each value
    std::set<std::pair<std::size_t, std::uint64_t>> dead; ///< by node and value
};

/// The value of the nth packet that the adapter makes of a request.
[[nodiscard]] std::uint64_t first_value(std::size_t request, std::size_t n) noexcept;

[[nodiscard]] expected_end model_of(const random_graph& graph, std::size_t request);

/// What becomes of a packet of that value which is let in at a node, as a request of its own.
[[nodiscard]] expected_end model_of_replay(const random_graph& graph, std::size_t node,
                                           std::uint64_t value);

} // namespace penstock::host::tests
