// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "aggregation.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <set>
#include <utility>

namespace route_package
{

namespace json = penstock::json;

namespace
{

using named = std::pair<std::string_view, aggregation>;

constexpr std::array names{
    named{"count", aggregation::count}, named{"sum", aggregation::sum},
    named{"min", aggregation::min},     named{"max", aggregation::max},
    named{"mean", aggregation::mean},   named{"distinct", aggregation::distinct},
    named{"first", aggregation::first}, named{"last", aggregation::last},
};

double as_double(const json::value& number)
{
    return number.to_number<double>();
}

// With Neumaier's correction, so that small numbers are not lost beside large ones.
double sum_of_doubles(const std::vector<json::value>& values)
{
    double sum = 0;
    double lost = 0;
    for (const json::value& each : values)
    {
        const double number = as_double(each);
        const double next = sum + number;
        lost += std::abs(sum) >= std::abs(number) ? (sum - next) + number : (number - next) + sum;
        sum = next;
    }
    return std::isfinite(lost) ? sum + lost : sum;
}

json::value sum_of(const std::vector<json::value>& values)
{
    std::int64_t sum = 0;
    for (const json::value& each : values)
        if (!each.is_int64() || __builtin_add_overflow(sum, each.get_int64(), &sum))
            return sum_of_doubles(values);
    return sum;
}

std::size_t distinct(const std::vector<json::value>& values)
{
    std::set<std::string> texts;
    for (const json::value& each : values)
        texts.insert(penstock::write_json(each));
    return texts.size();
}

bool is_less(const json::value& a, const json::value& b)
{
    if (a.is_int64() && b.is_int64())
        return a.get_int64() < b.get_int64();
    return as_double(a) < as_double(b);
}

// What JSON cannot hold is null.
json::value finite(json::value number)
{
    return number.is_double() && !std::isfinite(number.get_double()) ? json::value() : number;
}

} // namespace

std::optional<aggregation> aggregation_called(std::string_view name)
{
    const auto* const found = std::ranges::find(names, name, &named::first);
    return found == names.end() ? std::nullopt : std::optional(found->second);
}

bool is_of_numbers(aggregation what)
{
    return what == aggregation::sum || what == aggregation::min || what == aggregation::max ||
           what == aggregation::mean;
}

std::optional<json::value> number_of(const json::value& value)
{
    if (value.is_number())
        return std::isfinite(as_double(value)) ? std::optional(value) : std::nullopt;
    const json::string* const text = value.if_string();
    if (text == nullptr)
        return std::nullopt;
    const char* const end = text->data() + text->size();
    std::int64_t whole = 0;
    if (const auto [stop, error] = std::from_chars(text->data(), end, whole);
        error == std::errc() && stop == end)
        return json::value(whole);
    double number = 0;
    const auto [stop, error] = std::from_chars(text->data(), end, number);
    if (error != std::errc() || stop != end || !std::isfinite(number))
        return std::nullopt;
    return json::value(number);
}

json::value aggregate(aggregation what, const std::vector<json::value>& values)
{
    if (what == aggregation::count)
        return values.size();
    if (what == aggregation::distinct)
        return distinct(values);
    if (values.empty())
        return nullptr;
    switch (what)
    {
    case aggregation::sum: return finite(sum_of(values));
    case aggregation::mean:
        return finite(sum_of_doubles(values) / static_cast<double>(values.size()));
    case aggregation::min: return *std::ranges::min_element(values, is_less);
    case aggregation::max: return *std::ranges::max_element(values, is_less);
    case aggregation::first: return values.front();
    default: return values.back();
    }
}

} // namespace route_package
