// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/export.hpp>

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

namespace penstock::detail
{

/// A unit by which people write sizes or times, as a multiple of the smallest one.
struct quantity_unit
{
    std::string_view name;
    std::uint64_t factor;
};

/// `B`, `KiB`, `MiB`, `GiB` and `TiB`, in bytes; the greatest first.
[[nodiscard]] PENSTOCK_EXPORT std::span<const quantity_unit> size_units() noexcept;

/// `ms`, `s`, `m`, `h` and `d`, in milliseconds; the greatest first.
[[nodiscard]] PENSTOCK_EXPORT std::span<const quantity_unit> time_units() noexcept;

/// The same without `d`: days are for settings, tokens and the like, not for parameters.
[[nodiscard]] PENSTOCK_EXPORT std::span<const quantity_unit> parameter_time_units() noexcept;

/// `s`, `m` and `h`, in seconds; the greatest first.
[[nodiscard]] PENSTOCK_EXPORT std::span<const quantity_unit> whole_second_units() noexcept;

/// What parse_quantity() found.
struct parsed_quantity
{
    std::uint64_t amount = 0; ///< in the smallest unit
    std::errc error{}; ///< result_out_of_range: above `most`; invalid_argument: no digits and unit
};

/// Reads digits and a unit, as in `8KiB`.
[[nodiscard]] PENSTOCK_EXPORT parsed_quantity
parse_quantity(std::string_view text, std::span<const quantity_unit> units,
               std::uint64_t most = std::numeric_limits<std::int64_t>::max()) noexcept;

/// Writes with the greatest unit that leaves no fraction; parse_quantity() reads it back.
[[nodiscard]] PENSTOCK_EXPORT std::string write_quantity(std::uint64_t amount,
                                                         std::span<const quantity_unit> units);

} // namespace penstock::detail
