// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "token.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace msgpack_package
{

/// Seconds since 1970 and billionths of one, in the years 0 to 9999, as RFC 3339 can write them.
struct point_in_time
{
    std::int64_t seconds;
    std::uint32_t nanoseconds;
};

/// The type of the extension for timestamps.
inline constexpr int timestamp_type = -1;

/// Reads an extension of that type, of 4, 8 or 12 bytes; nothing if it is none.
[[nodiscard]] std::optional<point_in_time> timestamp_of(const token& read);

/// Reads the time of an event as Fluentd and Fluent Bit write it: their own EventTime (an extension
/// of type 0 with 8 bytes), a timestamp, or a number of seconds. Nothing if it is none.
[[nodiscard]] std::optional<point_in_time> event_time_of(const token& read);

/// Writes a time in UTC; whole seconds without a fraction, others with nine digits.
[[nodiscard]] std::string rfc3339(point_in_time time);

} // namespace msgpack_package
