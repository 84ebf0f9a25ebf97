// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/host/engine/graphs/random_graph.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace penstock::host::tests
{

struct delivery
{
    std::size_t node;
    std::size_t request;
    std::uint64_t value;
};

/// What the components of a random graph have done, on all lanes and in all versions. [any thread]
class graph_record
{
public:
    graph_record() = default;

    /// Writes each delivery to a file as well, `NODE REQUEST VALUE`, before it is one.
    explicit graph_record(std::string file) : file_(std::move(file)) {}

    void delivered(delivery what);
    [[nodiscard]] std::vector<delivery> deliveries() const;

    /// Counts a packet that a node receives; tells how often it has received one of that value.
    std::uint64_t received(std::size_t node, std::uint64_t value);

    /// Waits until so many packets were received in all, or none comes for a while.
    void wait_for_received(std::uint64_t count);

    /// Asks for what a node works with; returns whether that is away.
    bool is_away(std::size_t node, const random_outage& away);

private:
    const std::string file_; // empty: none
    mutable std::mutex mutex_;
    std::vector<delivery> deliveries_;
    std::map<std::pair<std::size_t, std::uint64_t>, std::uint64_t> received_;
    std::map<std::size_t, std::uint64_t> asks_; // by node
    std::uint64_t all_received_ = 0;
    std::uint64_t awaited_ = 0;
    std::condition_variable reached_;
};

} // namespace penstock::host::tests
