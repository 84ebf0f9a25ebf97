// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace route_package
{

/// What is made of the values of several packets.
enum class aggregation
{
    count,
    sum,
    min,
    max,
    mean,
    distinct, ///< how many different values there are
    first,
    last
};

/// Returns the aggregation of that name, if there is one.
[[nodiscard]] std::optional<aggregation> aggregation_called(std::string_view name);

/// Whether an aggregation is of numbers alone.
[[nodiscard]] bool is_of_numbers(aggregation what);

/// Returns a value as a number: numbers, and texts that are one; nothing of any other.
[[nodiscard]] std::optional<penstock::json::value> number_of(const penstock::json::value& value);

/// Makes one value of those that several packets have, in order of time. Of no values: a count of 0,
/// else null. A sum of whole numbers is one, unless it is beyond 64 bits. Numbers are what
/// number_of() made.
[[nodiscard]] penstock::json::value aggregate(aggregation what,
                                              const std::vector<penstock::json::value>& values);

} // namespace route_package
