// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/parameter.hpp>
#include <penstock/problems.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace reading
{

/// Checks a parameter that lists media types beside those that a reader takes anyway.
inline void check_media_types(penstock::problems& found,
                              const penstock::parameter<std::vector<std::string>>& types)
{
    for (const std::string& each : *types)
        if (each.find('/') == std::string::npos ||
            std::ranges::any_of(each, [](char c) { return c >= 'A' && c <= 'Z'; }))
            found.add(types, "\"" + each + "\" is no media type; one in lower case was expected");
}

} // namespace reading
