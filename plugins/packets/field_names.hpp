// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/sdk.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace packets
{

/// Adds what is wrong with a parameter that names a field.
inline void check_name(penstock::problems& found, const penstock::parameter<std::string>& name)
{
    if (name->empty())
        found.add(name, "is empty; the name of a field was expected");
}

/// Adds what is wrong with a parameter that names fields.
inline void check_names(penstock::problems& found,
                        const penstock::parameter<std::vector<std::string>>& names)
{
    if (names->empty() || std::ranges::find(*names, "") != names->end())
        found.add(names, names->empty() ? "is empty; names of fields were expected"
                                        : "has an empty name; names of fields were expected");
}

} // namespace packets
