// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "grok_expansion.hpp"

#include <penstock/json.hpp>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <system_error>

namespace extract_package
{

/// Reads a number that is all of a text, with a plus before it or not, into `to`; returns whether
/// it is one. [any thread]
template <class Number>
[[nodiscard]] bool read_number(std::string_view text, Number& to)
{
    if (text.starts_with('+') && !text.starts_with("+-"))
        text.remove_prefix(1);
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, to);
    return error == std::errc() && stop == end && !text.empty();
}

/// Returns a text as a value of a type; as a text if it is none of that type. [any thread]
[[nodiscard]] inline penstock::json::value typed(std::string_view text, capture_type type)
{
    std::int64_t integer = 0;
    double number = 0;
    if (type == capture_type::integer && read_number(text, integer))
        return integer;
    if (type == capture_type::number && read_number(text, number) && std::isfinite(number))
        return number;
    if (type == capture_type::boolean && (text == "true" || text == "false"))
        return text == "true";
    return penstock::json::string(text);
}

} // namespace extract_package
