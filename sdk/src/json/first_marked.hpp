// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace penstock::detail
{

/// Sixteen bytes that are looked at at once, in the vectors of GCC and Clang.
using sixteen_bytes = unsigned char __attribute__((vector_size(16)));

/// Returns the place of the first byte of a comparison that holds, where all bits are set; 16 if it
/// holds for none.
template <class Comparison>
[[nodiscard]] std::size_t first_marked(const Comparison& marks) noexcept
{
    static_assert(sizeof(Comparison) == sizeof(sixteen_bytes));
    static_assert(std::endian::native == std::endian::little);
    std::array<std::uint64_t, 2> halves;
    std::memcpy(&halves, &marks, sizeof halves);
    constexpr std::size_t of_a_half = sizeof(std::uint64_t);
    if (halves[0] != 0)
        return static_cast<std::size_t>(std::countr_zero(halves[0])) / 8;
    return of_a_half + static_cast<std::size_t>(std::countr_zero(halves[1])) / 8; // of none: 64
}

} // namespace penstock::detail
