// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host
{

/// Reads digits alone.
[[nodiscard]] std::optional<std::uint64_t> parse_count(std::string_view text);

/// Reads `512B`, `8KiB`, `16MiB`, `4GiB`, `1TiB` or a number of bytes.
[[nodiscard]] std::optional<std::uint64_t> parse_size(std::string_view text);

/// Reads `500ms`, `45s`, `10m`, `2h` or `7d`.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// Writes with the largest unit that leaves no fraction; parse_size() reads it back.
[[nodiscard]] std::string write_size(std::uint64_t bytes);

/// Writes with the largest unit that leaves no fraction; parse_duration() reads it back.
[[nodiscard]] std::string write_duration(std::chrono::milliseconds time);

/// Writes a count for people, in groups of three digits: `63,666`.
[[nodiscard]] std::string grouped(std::uint64_t count);

} // namespace penstock::host
