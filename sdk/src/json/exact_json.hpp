// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <string_view>

namespace penstock::detail
{

/// Reads a text with json_handler, which decides what is JSON here. Texts are not repaired. Throws
/// json_error, which explains where and why. [any thread]
[[nodiscard]] json::value read_exactly(std::string_view text, const json_options& options);

/// Throws where read_exactly() does, and makes no value. [any thread]
void check_exactly(std::string_view text, const json_options& options);

} // namespace penstock::detail
