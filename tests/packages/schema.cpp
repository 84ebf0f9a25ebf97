// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/packages/schema.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string_view>

namespace penstock::host::tests
{

namespace
{

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::ranges::find(words, word) != words.end();
}

bool is_amount(const json::value& type)
{
    return type == json::value({"string", "integer"});
}

bool takes_null(const json::object& schema)
{
    const json::value* type = schema.if_contains("type");
    return type != nullptr && type->is_array() &&
           std::ranges::count(type->get_array(), json::value("null")) != 0;
}

// The schema of what may be left out, as it is if it is given.
json::object without_null(json::object schema)
{
    json::array& types = schema.at("type").as_array();
    types.erase(std::ranges::find(types, json::value("null")));
    if (types.size() == 1)
        schema["type"] = json::value(types.front());
    if (json::value* choices = schema.if_contains("enum"))
        choices->as_array().erase(std::ranges::find(choices->as_array(), json::value()));
    return schema;
}

std::string problem_of(const json::object& schema, bool nested)
{
    if (takes_null(schema))
        return nested ? "may be null in a list" : problem_of(without_null(schema), nested);
    for (const auto& [key, value] : schema)
        if (!is_one_of(key, {"type", "minimum", "maximum", "enum", "pattern", "items", "x-unit",
                             "x-widget", "title", "default", "description", "writeOnly", "examples",
                             "properties", "required", "additionalProperties"}))
            return "has the keyword " + std::string(key);
    const json::value* type = schema.if_contains("type");
    if (type == nullptr)
        return {}; // any JSON
    if (is_amount(*type))
        return schema.contains("x-unit") && schema.contains("pattern") ? "" : "is no amount";
    if (!type->is_string())
        return "has several types";
    if (type->as_string() == "array")
    {
        if (nested)
            return "is a list of lists";
        const json::value* items = schema.if_contains("items");
        return items == nullptr ? "is a list of nothing" : problem_of(items->as_object(), true);
    }
    if (const json::value* members = schema.if_contains("properties"))
        for (const auto& each : members->as_object())
            if (std::string wrong = problem_of(each.value().as_object(), false); !wrong.empty())
                return "has a member that " + wrong;
    return is_one_of(type->as_string(), {"string", "integer", "number", "boolean", "object"})
               ? ""
               : "is of the type " + std::string(type->as_string());
}

// The digits and the unit that the patterns of amounts ask for.
bool matches(std::string_view text, std::string_view pattern)
{
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const std::string_view unit = text.substr(digits);
    if (digits == 0)
        return false;
    if (pattern == "^[0-9]+(ms|s|m|h)$")
        return is_one_of(unit, {"ms", "s", "m", "h"});
    if (pattern == "^[0-9]+(s|m|h)$")
        return is_one_of(unit, {"s", "m", "h"});
    return pattern == "^[0-9]+(B|KiB|MiB|GiB|TiB)$" &&
           is_one_of(unit, {"B", "KiB", "MiB", "GiB", "TiB"});
}

bool has_type(const json::value& value, std::string_view type)
{
    if (type == "string")
        return value.is_string();
    if (type == "boolean")
        return value.is_bool();
    if (type == "array")
        return value.is_array();
    if (type == "object")
        return value.is_object();
    if (type == "integer")
        return value.is_int64() || value.is_uint64();
    return type == "number" && value.is_number();
}

bool has_members(const json::object& value, const json::object& schema, const json::object& members)
{
    if (const json::value* required = schema.if_contains("required"))
        for (const json::value& each : required->as_array())
            if (!value.contains(each.as_string()))
                return false;
    return std::ranges::all_of(value,
                               [&](const auto& each)
                               {
                                   const json::value* known = members.if_contains(each.key());
                                   return known != nullptr &&
                                          is_valid(each.value(), known->as_object());
                               });
}

} // namespace

std::string problem_of_schema(const json::object& schema)
{
    return problem_of(schema, false);
}

bool is_valid(const json::value& value, const json::object& schema)
{
    if (takes_null(schema))
        return value.is_null() || is_valid(value, without_null(schema));
    if (const json::value* type = schema.if_contains("type"))
    {
        const bool fits = is_amount(*type) ? value.is_string() || has_type(value, "integer")
                                           : has_type(value, type->as_string());
        if (!fits)
            return false;
    }
    if (const json::value* choices = schema.if_contains("enum"))
        if (std::ranges::find(choices->as_array(), value) == choices->as_array().end())
            return false;
    if (value.is_number())
    {
        const double number = value.to_number<double>();
        if (schema.contains("minimum") && number < schema.at("minimum").to_number<double>())
            return false;
        if (schema.contains("maximum") && number > schema.at("maximum").to_number<double>())
            return false;
    }
    if (const json::value* pattern = schema.if_contains("pattern"); pattern && value.is_string())
        if (!matches(value.as_string(), pattern->as_string()))
            return false;
    if (const json::value* items = schema.if_contains("items"); items && value.is_array())
        return std::ranges::all_of(value.as_array(), [&](const json::value& each)
                                   { return is_valid(each, items->as_object()); });
    if (const json::value* members = schema.if_contains("properties"); members && value.is_object())
        return has_members(value.get_object(), schema, members->as_object());
    return true;
}

} // namespace penstock::host::tests
