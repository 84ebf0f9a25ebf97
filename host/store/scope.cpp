// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/scope.hpp"

#include <algorithm>

namespace penstock::host
{

namespace
{

constexpr std::array<std::string_view, all_scopes.size()> names{"ingest", "read", "deploy",
                                                                "admin"};

} // namespace

std::string_view name_of(scope one) noexcept
{
    return names[static_cast<std::size_t>(one)];
}

std::optional<scope> parse_scope(std::string_view name) noexcept
{
    const auto found = std::ranges::find(all_scopes, name, name_of);
    return found == all_scopes.end() ? std::nullopt : std::optional(*found);
}

std::string to_string(scope_set scopes)
{
    std::string list;
    for (const scope each : all_scopes)
        if (scopes.has(each))
            list.append(list.empty() ? "" : ", ").append(name_of(each));
    return list;
}

} // namespace penstock::host
