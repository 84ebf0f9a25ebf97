// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "conversion.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace fields_package
{

namespace
{

namespace json = penstock::json;

std::string_view without_space(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n\f\v";
    const std::size_t begin = text.find_first_not_of(space);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(space) + 1 - begin);
}

template <class Number>
std::optional<Number> read(std::string_view text)
{
    text = without_space(text);
    if (text.starts_with('+') && !text.starts_with("+-"))
        text.remove_prefix(1);
    Number number{};
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (text.empty() || error != std::errc() || stop != end)
        return std::nullopt;
    return number;
}

std::optional<json::value> integer_of(double number)
{
    constexpr double end = 9223372036854775808.0; // 2^63
    if (!(number >= -end && number < end) || number != std::trunc(number))
        return std::nullopt;
    return static_cast<std::int64_t>(number);
}

std::optional<json::value> to_integer(const json::value& value)
{
    switch (value.kind())
    {
    case json::kind::int64: return value;
    case json::kind::uint64: return value; // beyond 63 bits
    case json::kind::double_: return integer_of(value.get_double());
    case json::kind::bool_: return static_cast<std::int64_t>(value.get_bool());
    case json::kind::string:
        if (const auto number = read<std::int64_t>(value.get_string()))
            return *number;
        if (const auto number = read<std::uint64_t>(value.get_string()))
            return *number;
        return std::nullopt;
    default: return std::nullopt;
    }
}

std::optional<json::value> to_number(const json::value& value)
{
    switch (value.kind())
    {
    case json::kind::int64:
    case json::kind::uint64: return value;
    case json::kind::double_:
        return std::isfinite(value.get_double()) ? std::optional(value) : std::nullopt;
    case json::kind::bool_: return static_cast<std::int64_t>(value.get_bool());
    case json::kind::string:
        if (auto whole = to_integer(value))
            return whole;
        if (const auto number = read<double>(value.get_string()); number && std::isfinite(*number))
            return *number;
        return std::nullopt;
    default: return std::nullopt;
    }
}

std::optional<json::value> boolean_of(std::string_view text)
{
    constexpr std::array<std::string_view, 4> good{"true", "yes", "on", "1"};
    constexpr std::array<std::string_view, 4> bad{"false", "no", "off", "0"};
    std::string small(without_space(text));
    for (char& c : small)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c | 0x20);
    if (std::ranges::find(good, small) != good.end())
        return true;
    if (std::ranges::find(bad, small) != bad.end())
        return false;
    return std::nullopt;
}

std::optional<json::value> to_boolean(const json::value& value)
{
    switch (value.kind())
    {
    case json::kind::bool_: return value;
    case json::kind::string: return boolean_of(value.get_string());
    case json::kind::int64:
    case json::kind::uint64:
    case json::kind::double_:
        if (const double number = value.to_number<double>(); number == 0 || number == 1)
            return number == 1;
        return std::nullopt;
    default: return std::nullopt;
    }
}

std::optional<json::value> to_text(const json::value& value)
{
    if (value.is_string())
        return value;
    if (value.is_double() && !std::isfinite(value.get_double()))
        return std::nullopt;
    try
    {
        return json::value(json::string(penstock::write_json(value)));
    }
    catch (const std::invalid_argument&) // a number within that JSON cannot hold
    {
        return std::nullopt;
    }
}

} // namespace

std::optional<json::value> converted(const json::value& value, value_type to)
{
    if (value.is_null())
        return value;
    switch (to)
    {
    case value_type::integer: return to_integer(value);
    case value_type::number: return to_number(value);
    case value_type::boolean: return to_boolean(value);
    default: return to_text(value);
    }
}

} // namespace fields_package
