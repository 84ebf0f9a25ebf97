// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/retention_limits.hpp"
#include "host/journal/sqlite/journal_store.hpp"

#include <cstdint>

namespace penstock::host
{

/// Forgets what has been kept for long enough. [the writer's thread]
class retention
{
public:
    retention(journal_store& store, const retention_limits& limits) : store_(store), limits_(limits)
    {
    }

    /// Forgets some of it, in the open transaction; returns how many dead letters. Throws
    /// sqlite_error.
    std::uint64_t forget(std::int64_t now);

    /// Whether the last forget() left some.
    [[nodiscard]] bool has_more() const noexcept { return has_more_; }

private:
    std::uint64_t forget_rows(const char* by_age, const char* by_count, std::int64_t before,
                              std::uint64_t too_many);
    std::uint64_t forget_receipts(std::int64_t before, std::uint64_t too_many);
    std::uint64_t forget_dead_letters(std::int64_t before);

    journal_store& store_;
    retention_limits limits_;
    bool has_more_ = false;
};

} // namespace penstock::host
