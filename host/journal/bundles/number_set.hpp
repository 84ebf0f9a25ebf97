// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal_entry.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// Numbers of entries from a first one on, a bit for each.
class number_set
{
public:
    /// How far the numbers of one set may be apart.
    static constexpr entry_number span = 512;

    number_set() = default;

    /// An empty set of numbers from `first` on.
    explicit number_set(entry_number first) : first_(first) {}

    /// The set whose bits() are `bits`, as far as a set goes.
    number_set(entry_number first, std::string_view bits)
        : first_(first), bits_(bits.substr(0, span / 8))
    {
    }

    /// Adds a number, which is at least the first and less than span after it.
    void insert(entry_number number);

    /// Returns whether the number was in the set.
    bool erase(entry_number number) noexcept;

    [[nodiscard]] bool contains(entry_number number) const noexcept;
    [[nodiscard]] bool is_empty() const noexcept { return size() == 0; }
    [[nodiscard]] std::size_t size() const noexcept;

    /// All of them, in order.
    [[nodiscard]] std::vector<entry_number> numbers() const;

    /// The bits of eight numbers a byte, the lowest bit for the lowest of them.
    [[nodiscard]] std::string_view bits() const noexcept { return bits_; }

private:
    entry_number first_ = 0;
    std::string bits_;
};

} // namespace penstock::host
