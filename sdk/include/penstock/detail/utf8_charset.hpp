// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace penstock::detail
{

/// Returns whether text in an encoding of that name, in lower case as charset_of() returns it, is
/// UTF-8 as it stands: UTF-8 itself, and ASCII, which is a part of it.
[[nodiscard]] constexpr bool is_utf8_charset(std::string_view name) noexcept
{
    return name == "utf-8" || name == "utf8" || name == "us-ascii" || name == "ascii";
}

} // namespace penstock::detail
