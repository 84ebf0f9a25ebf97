// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal_entry.hpp"

#include <cstddef>
#include <cstdint>

namespace penstock::host
{

/// Which entries a host numbers: its number stands above bit 48 of theirs, and of its dead letters.
struct number_range
{
    std::int64_t host = 0;

    [[nodiscard]] entry_number first() const noexcept
    {
        return static_cast<entry_number>(host) << 48;
    }
    [[nodiscard]] entry_number last() const noexcept
    {
        return first() | ((entry_number{1} << 48) - 1);
    }
};

/// How many numbers the entries and the receipts of one table have.
inline constexpr entry_number numbers_of_part = entry_number{1} << 16;

} // namespace penstock::host
