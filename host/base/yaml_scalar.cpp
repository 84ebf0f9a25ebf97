// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/yaml_scalar.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <system_error>

namespace penstock::host
{

namespace
{

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words)
{
    for (const std::string_view each : words)
        if (text == each)
            return true;
    return false;
}

std::string_view take_digits(std::string_view& text)
{
    const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
    const std::string_view digits = text.substr(0, end);
    text.remove_prefix(end);
    return digits;
}

bool take(std::string_view& text, std::string_view one_of)
{
    const bool is_there = !text.empty() && one_of.find(text.front()) != one_of.npos;
    text.remove_prefix(is_there ? 1 : 0);
    return is_there;
}

std::optional<std::string> based(std::string_view digits, int base)
{
    std::uint64_t number = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
    if (error != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return std::to_string(number);
}

// JSON wants digits on both sides of the point, and no plus before them.
std::optional<std::string> decimal(std::string_view text)
{
    std::string number;
    if (text.starts_with('-'))
        number = "-";
    take(text, "+-");
    const std::string_view whole = take_digits(text);
    if (whole.size() > 1 && whole.front() == '0')
        return std::nullopt;
    number += whole.empty() ? "0" : whole;
    std::string_view fraction;
    if (take(text, "."))
    {
        fraction = take_digits(text);
        if (!fraction.empty())
            (number += '.') += fraction;
        else
            number += ".0"; // or it would be a whole number
    }
    if (whole.empty() && fraction.empty())
        return std::nullopt;
    if (take(text, "eE"))
    {
        number += 'e';
        if (text.starts_with('-'))
            number += '-';
        take(text, "+-");
        const std::string_view exponent = take_digits(text);
        if (exponent.empty())
            return std::nullopt;
        number += exponent;
    }
    return text.empty() ? std::optional(number) : std::nullopt;
}

} // namespace

std::optional<std::string> json_of_plain(std::string_view scalar)
{
    if (is_one_of(scalar, {"", "~", "null", "Null", "NULL"}))
        return "null";
    if (is_one_of(scalar, {"true", "True", "TRUE"}))
        return "true";
    if (is_one_of(scalar, {"false", "False", "FALSE"}))
        return "false";
    if (scalar.starts_with("0x"))
        return based(scalar.substr(2), 16);
    if (scalar.starts_with("0o"))
        return based(scalar.substr(2), 8);
    return decimal(scalar);
}

bool is_not_finite(std::string_view scalar)
{
    if (is_one_of(scalar, {".nan", ".NaN", ".NAN"}))
        return true;
    take(scalar, "+-");
    return is_one_of(scalar, {".inf", ".Inf", ".INF"});
}

} // namespace penstock::host
