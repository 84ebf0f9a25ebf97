// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "headers.hpp"

#include <penstock/json_text.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace brokers
{

headers headers_of(const penstock::json::object& meta, std::string_view own,
                   std::span<const std::string_view> elsewhere)
{
    headers made;
    for (const auto& [name, value] : meta)
    {
        const std::string_view key = name;
        if (key.empty() || value.is_null() || key.starts_with(own) ||
            std::ranges::find(elsewhere, key) != elsewhere.end())
            continue;
        if (key.find('\0') != std::string_view::npos) // libraries would cut it there
            throw std::invalid_argument("meta: has a NUL in a name; names without were expected");
        if (value.is_double() && !std::isfinite(value.get_double()))
            throw std::invalid_argument(
                "meta: " + std::string(key) +
                " is a number that is not finite; a finite one was expected");
        made.emplace_back(key, value.is_string() ? std::string(value.get_string())
                                                 : penstock::write_json(value));
    }
    return made;
}

} // namespace brokers
