// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <string_view>

namespace penstock::detail
{

/// Returns the characters of a JSON string that was checked; `inside` is what its quotes enclose
/// (RFC 8259, section 7). [any thread]
[[nodiscard]] json::string unescaped(std::string_view inside);

} // namespace penstock::detail
