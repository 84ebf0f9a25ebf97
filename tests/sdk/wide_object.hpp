// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>

namespace penstock::testing
{

/// Writes an object of members with consecutive names, each the number 1.0e0.
inline std::string wide_object(std::size_t members)
{
    std::string text = "{";
    for (std::size_t n = 0; n < members; ++n)
        text += (n == 0 ? "\"f" : ",\"f") + std::to_string(n) + "\":1.0e0";
    return text + "}";
}

} // namespace penstock::testing
