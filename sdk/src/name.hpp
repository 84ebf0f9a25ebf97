// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

namespace penstock::detail
{

/// Returns whether a name matches `[a-z][a-z0-9_]*`, as ports and parameters must.
[[nodiscard]] constexpr bool is_name(std::string_view name) noexcept
{
    if (name.empty() || name.front() < 'a' || name.front() > 'z')
        return false;
    for (const char c : name)
        if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_')
            return false;
    return true;
}

} // namespace penstock::detail
