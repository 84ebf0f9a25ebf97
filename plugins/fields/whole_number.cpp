// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "whole_number.hpp"

#include <algorithm>
#include <cmath>

namespace fields_package
{

namespace json = penstock::json;

namespace
{

constexpr double two_to_64 = 18446744073709551616.0;

bool has_fraction(double number)
{
    return number != std::trunc(number);
}

} // namespace

std::optional<whole_number> whole(const json::value& value)
{
    if (const std::uint64_t* number = value.if_uint64())
        return whole_number{false, *number};
    if (const std::int64_t* number = value.if_int64())
    {
        const auto bits = static_cast<std::uint64_t>(*number);
        return *number < 0 ? whole_number{true, 0 - bits} : whole_number{false, bits};
    }
    const double* const number = value.if_double();
    if (number == nullptr || !(std::abs(*number) < two_to_64) || has_fraction(*number))
        return std::nullopt;
    return whole_number{*number < 0, static_cast<std::uint64_t>(std::abs(*number))};
}

std::partial_ordering compare_numbers(const json::value& a, const json::value& b)
{
    const std::optional<whole_number> left = whole(a);
    const std::optional<whole_number> right = whole(b);
    if (!left || !right) // no integer is as near to these as rounding goes
        return a.to_number<double>() <=> b.to_number<double>();
    if (left->is_negative != right->is_negative)
        return left->is_negative ? std::partial_ordering::less : std::partial_ordering::greater;
    return left->is_negative ? right->magnitude <=> left->magnitude
                             : left->magnitude <=> right->magnitude;
}

bool is_multiple(const json::value& number, const json::value& of)
{
    const std::optional<whole_number> dividend = whole(number);
    const std::optional<whole_number> divisor = whole(of);
    if (dividend && divisor)
        return dividend->magnitude % divisor->magnitude == 0;
    const auto left = number.to_number<double>();
    const auto right = of.to_number<double>();
    if (!has_fraction(left) && !has_fraction(right))
        return std::fmod(left, right) == 0;
    const double quotient = left / right;
    const double room = std::clamp(std::abs(quotient) * 4e-16, 1e-9, 0.1);
    return std::isfinite(quotient) && std::abs(quotient - std::round(quotient)) <= room;
}

std::string number_text(const json::value& number)
{
    if (const std::optional<whole_number> found = whole(number))
        return (found->is_negative ? "-" : "") + std::to_string(found->magnitude);
    return penstock::write_json(number);
}

} // namespace fields_package
