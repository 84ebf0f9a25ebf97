// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <penstock/json.hpp>

#include <cstddef>
#include <string_view>

namespace penstock::host
{

/// How much of a packet's JSON text letter_source_in() needs at most.
inline constexpr std::size_t longest_letter_source = 8192;

/// Returns what tells where the packet of a dead letter came from: `{"meta": …}` with `path`,
/// `filename` and `id` of its meta, those that are texts of up to 1 KiB; empty if there is none.
[[nodiscard]] json::object letter_source(const json::object& packet);

/// Returns the same from the begin of the packet's JSON text; empty if its meta is not whole there.
[[nodiscard]] json::object letter_source_in(std::string_view begin);

} // namespace penstock::host
