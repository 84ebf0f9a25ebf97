// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/letters/dead_letter_usage.hpp"

#include <algorithm>
#include <utility>

namespace penstock::host
{

void dead_letter_usage::watch(const void* who, listener hears)
{
    const std::lock_guard lock(mutex_);
    listeners_.erase(who);
    if (!hears)
        return;
    hears(bytes());
    listeners_.emplace(who, std::move(hears));
}

void dead_letter_usage::change(std::int64_t by)
{
    const std::lock_guard lock(mutex_);
    const auto before = static_cast<std::int64_t>(bytes());
    bytes_.store(static_cast<std::uint64_t>(std::max<std::int64_t>(before + by, 0)),
                 std::memory_order_relaxed);
    for (const auto& each : listeners_)
        each.second(bytes());
}

} // namespace penstock::host
