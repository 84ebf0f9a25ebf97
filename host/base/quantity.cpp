// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/quantity.hpp"

#include <array>
#include <charconv>
#include <limits>
#include <span>

namespace penstock::host
{

namespace
{

struct unit
{
    std::string_view name;
    std::uint64_t factor;
};

constexpr std::array sizes{unit{"GiB", 1u << 30}, unit{"MiB", 1u << 20}, unit{"KiB", 1u << 10},
                           unit{"B", 1}};
constexpr std::array durations{unit{"d", 86'400'000}, unit{"h", 3'600'000}, unit{"m", 60'000},
                               unit{"s", 1000}, unit{"ms", 1}};

std::optional<std::uint64_t> parse(std::string_view text, std::span<const unit> units)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{})
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    for (const unit& each : units)
        if (text == each.name && number <= std::numeric_limits<std::int64_t>::max() / each.factor)
            return number * each.factor;
    return std::nullopt;
}

std::string write(std::uint64_t number, std::span<const unit> units)
{
    for (const unit& each : units)
        if (number != 0 && number % each.factor == 0)
            return std::to_string(number / each.factor).append(each.name);
    return "0" + std::string(units.back().name);
}

} // namespace

std::optional<std::uint64_t> parse_count(std::string_view text)
{
    constexpr std::array plain{unit{"", 1}};
    return parse(text, plain);
}

std::optional<std::uint64_t> parse_size(std::string_view text)
{
    const std::optional<std::uint64_t> plain = parse_count(text);
    return plain ? plain : parse(text, sizes);
}

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text)
{
    const std::optional<std::uint64_t> parsed = parse(text, durations);
    if (!parsed)
        return std::nullopt;
    return std::chrono::milliseconds(*parsed);
}

std::string write_size(std::uint64_t bytes)
{
    return write(bytes, sizes);
}

std::string write_duration(std::chrono::milliseconds time)
{
    return write(static_cast<std::uint64_t>(time.count()), durations);
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
