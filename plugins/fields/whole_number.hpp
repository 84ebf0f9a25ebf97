// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace fields_package
{

/// A whole number of JSON with every digit: from -2^64 to 2^64, both left out.
struct whole_number
{
    bool is_negative = false; ///< never of 0
    std::uint64_t magnitude = 0;
};

/// Returns what a value has as a whole number, 1.0 as 1; nothing if it is no number, has a
/// fraction, or is out of range. [any thread]
[[nodiscard]] std::optional<whole_number> whole(const penstock::json::value& value);

/// Compares two numbers; of whole ones every digit counts. [any thread]
[[nodiscard]] std::partial_ordering compare_numbers(const penstock::json::value& a,
                                                    const penstock::json::value& b);

/// Whether a number is a multiple of another one above 0. Whole ones are divided as such; of
/// fractions, which are seldom exact, a quotient near a whole number will do. [any thread]
[[nodiscard]] bool is_multiple(const penstock::json::value& number,
                               const penstock::json::value& of);

/// Returns a number as JSON, a whole one without a point or an exponent. [any thread]
[[nodiscard]] std::string number_text(const penstock::json::value& number);

} // namespace fields_package
