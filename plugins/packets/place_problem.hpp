// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace packets
{

/// Returns what is wrong with the name of a place in packets, `/meta/NAME`, `/fields/NAME` or
/// `NAME`, as a problem of a parameter says it; empty: nothing. A name that begins with a slash is
/// taken for a place that was misspelled; a field of that name is `/fields//NAME`.
[[nodiscard]] inline std::string problem_of_place(std::string_view place)
{
    for (const std::string_view begin : {"/meta/", "/fields/"})
        if (place.starts_with(begin) && place.size() > begin.size())
            return {};
    if (!place.empty() && !place.starts_with('/'))
        return {};
    return "has \"" + std::string(place) + "\"; /meta/NAME, /fields/NAME or a NAME was expected";
}

} // namespace packets
