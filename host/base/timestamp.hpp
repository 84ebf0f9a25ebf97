// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host
{

/// Writes a time as RFC 3339 does, in UTC, to the second: `2026-01-31T09:05:00Z`.
[[nodiscard]] std::string timestamp(std::chrono::system_clock::time_point time);

/// The same, valid until the next call of this thread.
[[nodiscard]] std::string_view timestamp_text(std::chrono::system_clock::time_point time);

/// The same to the millisecond: `2026-01-31T09:05:00.250Z`.
[[nodiscard]] std::string timestamp_ms(std::chrono::system_clock::time_point time);

/// Reads what timestamp() writes, and nothing else.
[[nodiscard]] std::optional<std::chrono::system_clock::time_point>
parse_timestamp(const std::string& text);

} // namespace penstock::host
