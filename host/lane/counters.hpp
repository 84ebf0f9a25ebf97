// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/component_metrics.hpp"
#include "host/lane/retry_note.hpp"
#include "host/lane/wait_note.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>

namespace penstock::host
{

/// Counts up; written by one thread only, read by any.
class counter
{
public:
    void add(std::uint64_t n = 1) noexcept
    {
        value_.store(value_.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
    }
    [[nodiscard]] std::uint64_t value() const noexcept
    {
        return value_.load(std::memory_order_relaxed);
    }

private:
    std::atomic<std::uint64_t> value_{0};
};

/// What one node of one lane has done, on cache lines of its own; the first has all that counts
/// often.
struct alignas(64) node_counters
{
    counter received;
    counter sent;
    counter delivered;
    counter dropped;
    counter failed;
    counter restarts;
    counter retries;
    std::atomic<bool> is_failed{false};
    retry_note retrying;
    wait_note resource; ///< that it waits for, or room for dead letters
    wait_note polling;  ///< that it asks for packets again and again, and never waits
    counter dead;
    counter exceptions;    ///< thrown when all that had been received had ended
    component_metrics own; ///< what the component itself counts
};

/// What one edge of one lane has carried; `entered - left` wait in it.
struct alignas(64) edge_counters
{
    std::atomic<std::uint64_t> entered{0};
    std::atomic<std::uint64_t> left{0};
    std::atomic<std::uint64_t> capacity{0};
    counter grown;
    counter dropped; ///< what it had no room for
};

} // namespace penstock::host
