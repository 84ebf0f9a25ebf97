// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>

namespace penstock::host
{

/// How long a journal keeps what it need not.
struct retention_limits
{
    std::chrono::seconds receipts = std::chrono::hours(24);
    std::uint64_t most_receipts = 1'000'000;
    std::chrono::seconds keys = std::chrono::hours(24);
    std::uint64_t most_keys = 10'000'000;
    std::chrono::seconds dead_letters{0}; ///< 0: for ever
    std::chrono::seconds blames = std::chrono::hours(24);
};

} // namespace penstock::host
