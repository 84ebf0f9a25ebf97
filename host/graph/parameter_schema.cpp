// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/parameter_schema.hpp"

#include <algorithm>
#include <utility>

namespace penstock::host
{

namespace
{

json::object to_reference()
{
    return {{"$ref", "#/definitions/reference"}};
}

bool is_true(const json::object& schema, std::string_view key)
{
    const json::value* const found = schema.if_contains(key);
    return found != nullptr && *found == json::value(true);
}

// Whether it takes every text, a reference among them.
bool takes_any_text(const json::object& schema)
{
    if (schema.contains("enum") || schema.contains("pattern"))
        return false;
    const json::value* const type = schema.if_contains("type");
    if (type == nullptr || *type == json::value("string"))
        return true;
    return type->is_array() && std::ranges::count(type->get_array(), json::value("string")) != 0;
}

// Editors show these of what they stand at, and not of what it may be in detail.
void move_annotations(json::object& from, json::object& to)
{
    for (const char* key : {"description", "default", "examples"})
        if (json::value* found = from.if_contains(key))
        {
            to[key] = std::move(*found);
            from.erase(key);
        }
}

} // namespace

json::object in_draft_7(json::object schema)
{
    schema.erase("x-unit");
    return schema;
}

json::object parameter_schema(json::object schema)
{
    schema = in_draft_7(std::move(schema));
    if (json::value* items = schema.if_contains("items"))
        *items = parameter_schema(items->as_object());
    if (json::value* members = schema.if_contains("properties"))
        for (auto& each : members->as_object())
            each.value() = parameter_schema(each.value().as_object());
    const bool is_secret = is_true(schema, "writeOnly");
    if (!is_secret && takes_any_text(schema))
        return schema;
    json::object whole;
    move_annotations(schema, whole);
    if (is_secret)
        whole.erase("default"); // which cannot be written
    json::array either;
    const json::value* const type = schema.if_contains("type");
    if (!is_secret)
        either.emplace_back(std::move(schema));
    else if (type != nullptr && type->is_array())
        either.emplace_back(json::object{{"type", "null"}});
    either.emplace_back(to_reference());
    whole["anyOf"] = std::move(either);
    return whole;
}

json::object reference_schema()
{
    return {{"type", "string"},
            {"pattern", "^\\$\\{(env|secret):[A-Za-z0-9_.-]+\\}$"},
            {"description",
             "The value of an environment variable, or a secret of the data directory: "
             "\"${env:NAME}\", \"${secret:NAME}\"."}};
}

} // namespace penstock::host
