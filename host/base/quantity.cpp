// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/quantity.hpp"

#include <penstock/detail/quantity.hpp>

#include <array>
#include <span>

namespace penstock::host
{

namespace
{

std::optional<std::uint64_t> parse(std::string_view text,
                                   std::span<const detail::quantity_unit> units)
{
    const detail::parsed_quantity found = detail::parse_quantity(text, units);
    return found.error == std::errc{} ? std::optional(found.amount) : std::nullopt;
}

} // namespace

std::optional<std::uint64_t> parse_count(std::string_view text)
{
    constexpr std::array plain{detail::quantity_unit{"", 1}};
    return parse(text, plain);
}

std::optional<std::uint64_t> parse_size(std::string_view text)
{
    const std::optional<std::uint64_t> plain = parse_count(text);
    return plain ? plain : parse(text, detail::size_units());
}

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text)
{
    const std::optional<std::uint64_t> parsed = parse(text, detail::time_units());
    if (!parsed)
        return std::nullopt;
    return std::chrono::milliseconds(*parsed);
}

std::string write_size(std::uint64_t bytes)
{
    return detail::write_quantity(bytes, detail::size_units());
}

std::string write_duration(std::chrono::milliseconds time)
{
    return detail::write_quantity(static_cast<std::uint64_t>(time.count()), detail::time_units());
}

std::string grouped(std::uint64_t count)
{
    const std::string digits = std::to_string(count);
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i)
    {
        if (i > 0 && (digits.size() - i) % 3 == 0)
            text += ',';
        text += digits[i];
    }
    return text;
}

} // namespace penstock::host
