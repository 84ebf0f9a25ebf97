// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/receipt_result.hpp"

#include <atomic>
#include <cstdint>
#include <mutex>

namespace penstock::host
{

/// What a graph has done with its entries since the host started.
struct graph_totals
{
    std::uint64_t accepted = 0;
    std::uint64_t done = 0;
    std::uint64_t refused = 0; ///< because it was full
    std::uint64_t left = 0;    ///< accepted by an earlier run, which did not come to them
    std::uint64_t delivered = 0;
    std::uint64_t dropped = 0;
    std::uint64_t failed = 0;
    std::uint64_t dead = 0;
};

/// Counts that. [any thread]
class totals_count
{
public:
    /// An earlier run left so many entries.
    explicit totals_count(std::uint64_t left) { totals_.left = left; }

    void accepted() noexcept { accepted_.fetch_add(1, std::memory_order_relaxed); }
    void accepted_in_vain() noexcept { accepted_.fetch_sub(1, std::memory_order_relaxed); }
    void refused() noexcept { refused_.fetch_add(1, std::memory_order_relaxed); }
    void done(const receipt_result& result) noexcept;

    [[nodiscard]] graph_totals get() const;

private:
    std::atomic<std::uint64_t> accepted_{0};
    std::atomic<std::uint64_t> refused_{0};
    mutable std::mutex mutex_; // guards what follows
    graph_totals totals_;
};

} // namespace penstock::host
