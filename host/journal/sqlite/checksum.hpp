// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace penstock::host
{

/// Sums up the columns of a row, each with its kind and length, so that no two rows of different
/// columns look alike. [one thread]
///
/// The sum is the CRC-32 of RFC 1952, section 8: it finds every error of up to 32 neighbouring
/// bits.
class checksum
{
public:
    void add(std::int64_t number) noexcept;
    void add(std::string_view text) noexcept;

    [[nodiscard]] std::uint32_t value() const noexcept { return sum_; }

private:
    std::uint32_t sum_ = 0;
};

} // namespace penstock::host
