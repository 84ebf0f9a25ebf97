// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "epoch.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>

namespace dates_package
{

namespace
{

constexpr std::int64_t second = 1'000'000'000; // in nanoseconds

std::int64_t power_of_ten(std::size_t of)
{
    std::int64_t power = 1;
    for (; of > 0; --of)
        power *= 10;
    return power;
}

} // namespace

std::optional<instant> from_epoch(std::string_view text, std::size_t digits)
{
    const bool is_negative = text.starts_with('-');
    if (is_negative || text.starts_with('+'))
        text.remove_prefix(1);
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    std::string_view fraction =
        point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    constexpr std::string_view all = "0123456789";
    if (whole.empty() || whole.size() > 15 ||
        (point != std::string_view::npos && fraction.empty()) ||
        whole.find_first_not_of(all) != std::string_view::npos ||
        fraction.find_first_not_of(all) != std::string_view::npos)
        return std::nullopt;
    std::int64_t units = 0;
    std::from_chars(whole.data(), whole.data() + whole.size(), units);
    fraction = fraction.substr(0, 9 - digits);
    std::int64_t below = 0; // the fraction, in nanoseconds
    std::from_chars(fraction.data(), fraction.data() + fraction.size(), below);
    below *= power_of_ten(9 - digits - fraction.size());
    const std::int64_t scale = power_of_ten(digits);
    std::int64_t seconds = units / scale;
    std::int64_t part = units % scale * (second / scale) + below;
    if (is_negative)
    {
        seconds = -seconds;
        part = -part;
        if (part < 0)
        {
            --seconds;
            part += second;
        }
    }
    using namespace date::literals;
    const date::sys_seconds found{std::chrono::seconds(seconds)};
    if (found < date::sys_days(1000_y / 1 / 1) || found >= date::sys_days(10000_y / 1 / 1))
        return std::nullopt;
    return instant{found, std::chrono::nanoseconds(part)};
}

std::optional<std::string> seconds_text(double number)
{
    if (!(std::abs(number) < 1e15))
        return std::nullopt;
    std::array<char, 64> text{};
    const int size = std::snprintf(text.data(), text.size(), "%.6f", number);
    std::string made(text.data(), static_cast<std::size_t>(size));
    made.erase(made.find_last_not_of('0') + 1);
    if (made.ends_with('.'))
        made.pop_back();
    return made;
}

} // namespace dates_package
