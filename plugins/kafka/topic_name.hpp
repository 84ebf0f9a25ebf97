// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace kafka_package
{

/// Whether a text may be the name of a topic: at most 249 letters, digits, dots, underscores and
/// dashes of ASCII.
[[nodiscard]] inline bool is_topic_name(std::string_view text) noexcept
{
    constexpr std::size_t longest = 249;
    const auto may_stand = [](char c)
    {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-';
    };
    return !text.empty() && text.size() <= longest && text != "." && text != ".." &&
           std::ranges::all_of(text, may_stand);
}

} // namespace kafka_package
