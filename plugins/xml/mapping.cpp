// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "mapping.hpp"
#include "node_text.hpp"

#include <penstock/detail/utf8.hpp>

#include <cmath>
#include <optional>
#include <utility>

namespace xml_package
{

namespace json = penstock::json;

namespace
{

constexpr double largest_exact = 9007199254740992; // 2^53

// As XPath's normalize-space() has it.
std::string normalized(const std::string& text)
{
    std::string made;
    bool has_space = false;
    for (const char c : text)
    {
        if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
        {
            has_space = !made.empty();
            continue;
        }
        if (std::exchange(has_space, false))
            made += ' ';
        made += c;
    }
    return made;
}

std::string text_of(const pugi::xpath_node& selected)
{
    if (selected.attribute())
        return selected.attribute().value();
    return normalized(text_in(selected.node()));
}

// Infinity and what is no number have no value in JSON.
std::optional<json::value> value_of(double number)
{
    if (!std::isfinite(number))
        return std::nullopt;
    if (number == std::trunc(number) && std::abs(number) <= largest_exact)
        return json::value(static_cast<std::int64_t>(number));
    return json::value(number);
}

std::optional<json::value> value_of(const pugi::xpath_node_set& selected, selection how)
{
    if (selected.empty())
        return std::nullopt;
    if (how == selection::first)
        return json::value(text_of(selected.first()));
    pugi::xpath_node_set sorted = selected;
    sorted.sort();
    json::array all;
    std::string joined;
    for (const pugi::xpath_node& each : sorted)
        if (how == selection::all)
            all.emplace_back(text_of(each));
        else if (std::string text = text_of(each); !text.empty())
            joined += (joined.empty() ? "" : " ") + text;
    return how == selection::all ? json::value(std::move(all)) : json::value(joined);
}

std::optional<json::value> evaluate(const pugi::xpath_query& query, const pugi::xpath_node& record,
                                    selection how)
{
    switch (query.return_type())
    {
    case pugi::xpath_type_number: return value_of(query.evaluate_number(record));
    case pugi::xpath_type_boolean: return json::value(query.evaluate_boolean(record));
    case pugi::xpath_type_string: // which substring() may have cut within a character
        return json::value(penstock::detail::repaired_utf8(query.evaluate_string(record)));
    default: return value_of(query.evaluate_node_set(record), how);
    }
}

} // namespace

std::string problem_of_path(const std::string& path)
{
    try
    {
        const pugi::xpath_query compiled(path.c_str());
        return {};
    }
    catch (const pugi::xpath_exception& error)
    {
        return "character " + std::to_string(error.result().offset + 1) + ": " + error.what() +
               "; an expression of XPath 1.0 was expected";
    }
}

mapping::mapping(const std::string& record, const std::vector<mapped_field>& fields)
    : has_records_(!record.empty()), record_(has_records_ ? record.c_str() : "/")
{
    for (const mapped_field& each : fields)
        fields_.push_back({each, pugi::xpath_query(each.path.c_str())});
}

std::vector<std::vector<mapped_value>> mapping::apply(const pugi::xml_node& document) const
{
    if (!has_records_)
        return {fields_of(document)};
    if (record_.return_type() != pugi::xpath_type_node_set)
        throw std::runtime_error(
            "record: selects no elements, but a value; elements were expected");
    pugi::xpath_node_set selected = record_.evaluate_node_set(document);
    selected.sort();
    std::vector<std::vector<mapped_value>> records;
    for (const pugi::xpath_node& each : selected)
        if (each.node())
            records.push_back(fields_of(each));
    return records;
}

std::vector<mapped_value> mapping::fields_of(const pugi::xpath_node& record) const
{
    std::vector<mapped_value> made;
    for (const compiled& each : fields_)
        if (auto value = evaluate(each.query, record, each.field.selects))
        {
            const bool several = each.field.selects == selection::all && value->is_array();
            made.push_back({each.field.name, *std::move(value), several});
        }
    return made;
}

} // namespace xml_package
