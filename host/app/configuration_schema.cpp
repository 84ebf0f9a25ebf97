// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/configuration_schema.hpp"

#include "host/app/settings.hpp"
#include "host/graph/parameter_schema.hpp"

#include <utility>

namespace penstock::host
{

json::object configuration_schema()
{
    json::object properties{
        {"$schema", {{"type", "string"}, {"description", "Where editors find this schema."}}}};
    const settings usual;
    for (const setting& each : all_settings())
    {
        json::object schema = each.schema;
        schema["default"] = each.write(usual);
        schema["description"] = each.help;
        properties[each.key] = std::move(schema);
    }
    return {{"$schema", draft_7},
            {"title", "Penstock configuration"},
            {"type", "object"},
            {"properties", std::move(properties)},
            {"additionalProperties", false}};
}

} // namespace penstock::host
