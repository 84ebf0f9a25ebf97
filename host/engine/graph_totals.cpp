// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/graph_totals.hpp"

namespace penstock::host
{

void totals_count::done(const receipt_result& result) noexcept
{
    std::lock_guard lock(mutex_);
    ++totals_.done;
    totals_.delivered += result.delivered;
    totals_.dropped += result.dropped;
    totals_.failed += result.failed;
    totals_.dead += result.dead_count;
}

graph_totals totals_count::get() const
{
    std::lock_guard lock(mutex_);
    graph_totals totals = totals_;
    totals.accepted = accepted_.load(std::memory_order_relaxed);
    totals.refused = refused_.load(std::memory_order_relaxed);
    return totals;
}

} // namespace penstock::host
