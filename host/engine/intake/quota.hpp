// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace penstock::host
{

/// How much one graph may have accepted and not done, and how much of what it could not do is kept.
struct quota_limits
{
    std::size_t entries = 2'000'000;
    std::size_t bytes = std::size_t{4} << 30;
    std::size_t memory = std::size_t{64} << 20; ///< of those bytes; the rest is in the journal

    /// Bytes of its dead letters, with the requests that they refer to, at which it takes in
    /// nothing.
    std::size_t dead_letters = std::size_t{1} << 30;
};

/// Keeps the entries and bytes that a graph has accepted within limits. [any thread]
class quota
{
public:
    explicit quota(quota_limits limits) : limits_(limits), memory_(limits.memory) {}

    /// Reserves room for one entry, all or nothing.
    bool reserve(std::size_t bytes) noexcept
    {
        const std::size_t entries = entries_.fetch_add(1, std::memory_order_relaxed) + 1;
        const std::size_t all = bytes_.fetch_add(bytes, std::memory_order_relaxed) + bytes;
        if (entries <= limits_.entries && all <= limits_.bytes)
            return true;
        release(bytes);
        return false;
    }

    /// Counts entries that are there already, over the limits too.
    void add(std::size_t entries, std::size_t bytes) noexcept
    {
        entries_.fetch_add(entries, std::memory_order_relaxed);
        bytes_.fetch_add(bytes, std::memory_order_relaxed);
    }

    void release(std::size_t bytes) noexcept
    {
        entries_.fetch_sub(1, std::memory_order_relaxed);
        bytes_.fetch_sub(bytes, std::memory_order_relaxed);
    }

    [[nodiscard]] const quota_limits& limits() const noexcept { return limits_; }

    /// The bytes that may be in memory, which a graph may ask for instead of those of the limits.
    [[nodiscard]] std::size_t memory() const noexcept
    {
        return memory_.load(std::memory_order_relaxed);
    }
    void set_memory(std::optional<std::uint64_t> wanted) noexcept
    {
        memory_.store(wanted ? static_cast<std::size_t>(*wanted) : limits_.memory,
                      std::memory_order_relaxed);
    }
    [[nodiscard]] std::size_t entries() const noexcept
    {
        return entries_.load(std::memory_order_relaxed);
    }
    [[nodiscard]] std::size_t bytes() const noexcept
    {
        return bytes_.load(std::memory_order_relaxed);
    }

private:
    const quota_limits limits_;
    std::atomic<std::size_t> memory_;
    std::atomic<std::size_t> entries_{0};
    std::atomic<std::size_t> bytes_{0};
};

} // namespace penstock::host
