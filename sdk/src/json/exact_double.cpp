// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "exact_double.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <system_error>

namespace penstock::detail
{

namespace
{

// These powers of ten are doubles.
constexpr double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                             1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

bool is_digit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

// Numbers as people write them: digits that make an integer below 2^53, divided by a power of ten.
// One division of two exact doubles is exact to the last bit (W. Clinger, 1990).
std::optional<double> short_decimal(std::string_view text) noexcept
{
    constexpr std::size_t digits = 15; // 10^15 < 2^53
    const bool negative = text.front() == '-';
    text.remove_prefix(negative);
    if (text.size() > digits + 1)
        return std::nullopt;
    std::uint64_t number = 0;
    const char* at = text.data();
    const char* const end = at + text.size();
    for (; at != end && is_digit(*at); ++at)
        number = number * 10 + static_cast<std::uint64_t>(*at - '0');
    if (at == end || *at != '.')
        return std::nullopt;
    const char* const fraction = ++at;
    for (; at != end && is_digit(*at); ++at)
        number = number * 10 + static_cast<std::uint64_t>(*at - '0');
    if (at != end)
        return std::nullopt;
    const double magnitude = static_cast<double>(number) / powers[end - fraction];
    return negative ? -magnitude : magnitude;
}

} // namespace

std::optional<double> exact_double(std::string_view text, double near) noexcept
{
    if (const auto number = short_decimal(text))
        return number;
    double number = 0;
    const auto error = std::from_chars(text.data(), text.data() + text.size(), number).ec;
    if (error == std::errc{} && std::isfinite(number))
        return number;
    if (std::abs(near) < 1) // too small: zero is the nearest
        return text.front() == '-' ? -0.0 : 0.0;
    return std::nullopt;
}

} // namespace penstock::detail
