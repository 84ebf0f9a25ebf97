// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "asking.hpp"

#include "place.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

namespace search_package
{
namespace
{

namespace json = penstock::json;

constexpr std::size_t most_values = 32;
constexpr double greatest_weight = 1'000;

bool is_place(const json::value& value)
{
    return value.is_string() &&
           (value.get_string().starts_with("/meta/") || value.get_string().starts_with("/fields/"));
}

// A value may begin with a slash; this one is hardly meant as such.
bool is_nearly_place(std::string_view text)
{
    return text.starts_with("/field/") || text == "/meta/" || text == "/fields/";
}

std::int64_t bounded(std::int64_t number)
{
    return std::clamp<std::int64_t>(number, 0, greatest_offset);
}

std::vector<std::string> values_of(const json::value& wanted, const penstock::packet& packet)
{
    std::vector<std::string> values;
    if (is_place(wanted))
        values = place(wanted.get_string()).texts(packet);
    else if (wanted.is_array())
        std::ranges::transform(wanted.get_array(), std::back_inserter(values), label_text);
    else
        values.push_back(label_text(wanted));
    if (values.size() > most_values)
        values.resize(most_values);
    return values;
}

bool is_value(const json::value& value)
{
    return !label_text(value).empty();
}

} // namespace

std::int64_t offset_of(const json::value& where, const penstock::packet& packet)
{
    if (where.is_int64())
        return bounded(where.get_int64());
    if (!where.is_string())
        return 0;
    const std::string text = place(where.get_string()).text(packet).value_or("");
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (end != text.data() + text.size())
        return 0;
    if (error == std::errc::result_out_of_range)
        return text.starts_with('-') ? 0 : greatest_offset;
    return error == std::errc() ? bounded(number) : 0;
}

std::vector<filter> filters_of(const json::object& wanted, const penstock::packet& packet)
{
    std::vector<filter> filters;
    for (const auto& [field, value] : wanted)
        if (auto values = values_of(value, packet); !values.empty())
            filters.push_back({std::string(field), std::move(values)});
    return filters;
}

std::vector<weight> weights_of(const json::object& wanted)
{
    std::vector<weight> weights;
    for (const auto& [field, value] : wanted)
        weights.push_back({std::string(field), value.to_number<double>()});
    return weights;
}

void check_offset(const penstock::parameter<json::value>& offset, penstock::problems& found)
{
    const bool is_number =
        offset->is_int64() && offset->get_int64() >= 0 && offset->get_int64() <= greatest_offset;
    if (!is_number && !(offset->is_string() && !offset->get_string().empty()))
        found.add(offset, "is " + penstock::write_json(*offset) +
                              "; a whole number from 0 to 10000, or a place as "
                              "\"/meta/query_offset\", was expected");
}

void check_filters(const penstock::parameter<json::object>& filters, penstock::problems& found)
{
    if (filters->size() > most_facets)
        found.add(filters, "has " + std::to_string(filters->size()) + " fields; at most " +
                               std::to_string(most_facets) + " were expected");
    for (const auto& [field, value] : *filters)
    {
        const bool is_list = value.is_array() && !value.get_array().empty() &&
                             value.get_array().size() <= most_values &&
                             std::ranges::all_of(value.get_array(), is_value);
        const bool is_misspelled = value.is_string() && is_nearly_place(value.get_string());
        if (is_misspelled || (!is_list && !is_value(value)))
            found.add(filters, "has " + penstock::write_json(value) + " for \"" +
                                   std::string(field) +
                                   "\"; a value, a list of 1 to 32 values, or a place as "
                                   "\"/meta/query_" +
                                   std::string(field) + "\" was expected");
    }
}

void check_weights(const penstock::parameter<json::object>& weights, penstock::problems& found)
{
    for (const auto& [field, value] : *weights)
    {
        const bool is_number = value.is_number();
        const double number = is_number ? value.to_number<double>() : -1;
        if (!std::isfinite(number) || number < 0 || number > greatest_weight)
            found.add(weights, "has " + penstock::write_json(value) + " for \"" +
                                   std::string(field) + "\"; a number from 0 to 1000 was expected");
    }
}

} // namespace search_package
