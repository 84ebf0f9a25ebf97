// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace penstock::detail
{

/// Reads a text with simdjson, in half the instructions that Boost's parser takes for a kilobyte
/// with escapes. Nothing if it refuses the text, or may read it in another way than json_handler
/// does: an integer beyond 64 bits, options that it does not know, a wide object, a text of more
/// than 4 MiB. Then json_handler decides, and explains. [any thread]
[[nodiscard]] std::optional<json::value> read_quickly(std::string_view text,
                                                      const json_options& options);

/// Returns whether a text is certainly one that json_handler accepts. [any thread]
[[nodiscard]] bool is_quickly_accepted(std::string_view text, const json_options& options);

/// Returns whether a text of so many bytes that was accepted so, with up to wide_object members in
/// an object and else with any options, is certainly accepted with these too: it is too short for
/// what they forbid. [any thread]
[[nodiscard]] bool is_surely_within(std::size_t size, const json_options& options) noexcept;

} // namespace penstock::detail
