// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/tap/packet_preview.hpp"
#include "host/lane/tap/shown_packets.hpp"
#include "host/lane/tap/tap_budget.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace penstock::host
{

/// A viewer of some of the packets that enter one edge, in all lanes and versions of a graph.
/// The graph never waits for a viewer: packets that it has no time for are counted.
class tap
{
public:
    struct settings
    {
        std::size_t rate = 20;                ///< packets in any second; 1 at least
        std::size_t max_bytes = 4096;         ///< of each
        std::shared_ptr<tap_budget> budget{}; ///< shared with other taps; null: there is no bound
    };

    /// `show` is called by one lane at a time and tells whether it took the packet; it must neither
    /// block nor throw.
    tap(settings with, std::function<bool(const packet_preview&)> show);

    /// Looks at packets as they enter the edge. [any lane's thread]
    void see(shown_packets& passing) noexcept;

    /// The packets that were not shown since the last call. [any thread]
    [[nodiscard]] std::uint64_t take_dropped() noexcept { return dropped_.exchange(0); }

    /// Shows nothing more, once it has returned. [any thread]
    void close() noexcept;

    [[nodiscard]] bool is_closed() const noexcept { return closed_.load(); }

private:
    using clock = std::chrono::steady_clock;

    [[nodiscard]] bool may_show(clock::time_point now);
    [[nodiscard]] bool is_left(clock::time_point now) const noexcept;

    const settings with_;
    std::atomic<std::uint64_t> dropped_{0};
    std::atomic<bool> closed_{false};
    std::atomic<clock::time_point> next_{clock::time_point::min()}; // nothing is shown before
    std::mutex mutex_;
    std::function<bool(const packet_preview&)> show_;
    std::vector<clock::time_point> shown_; // when the last `rate` packets were, in a ring
    std::size_t oldest_ = 0;
};

} // namespace penstock::host
