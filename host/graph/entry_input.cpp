// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/entry_input.hpp"

#include <algorithm>

namespace penstock::host
{

std::optional<std::size_t> entry_input(category kind, const std::vector<std::string>& inputs)
{
    const auto found = std::ranges::find(inputs, "in");
    if (kind != category::adapter || found == inputs.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - inputs.begin());
}

} // namespace penstock::host
