// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace reading
{

/// Returns the length of the name of the field that a line of a header begins with (RFC 5322, 2.2;
/// blanks before the colon as in 4.5); 0 if it is no field. [any thread]
[[nodiscard]] inline std::size_t field_name_length(std::string_view line)
{
    const auto end =
        std::ranges::find_if(line, [](char c) { return c <= ' ' || c > '~' || c == ':'; });
    const auto length = static_cast<std::size_t>(end - line.begin());
    const std::size_t colon = line.find_first_not_of(" \t", length);
    return colon != std::string_view::npos && line[colon] == ':' ? length : 0;
}

} // namespace reading
