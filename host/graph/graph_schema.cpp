// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/graph_schema.hpp"

#include "host/graph/parameter_schema.hpp"
#include "host/graph/retry.hpp"
#include "host/graph/spec.hpp"

#include <penstock/parameter.hpp>

#include <chrono>
#include <string>
#include <utility>

namespace penstock::host
{

namespace
{

using components = std::vector<std::shared_ptr<const component_type>>;

constexpr const char* node_name = "^[a-z][a-z0-9_]*$";

json::object text(std::string_view description)
{
    return {{"type", "string"}, {"description", description}};
}

json::object text_like(std::string_view pattern, std::string_view description)
{
    json::object schema = text(description);
    schema["pattern"] = pattern;
    return schema;
}

json::object whole_number(std::uint64_t most, std::string_view description)
{
    return {{"type", "integer"}, {"minimum", 1}, {"maximum", most}, {"description", description}};
}

json::object exactly(json::object properties, json::array required)
{
    json::object schema{{"type", "object"}};
    if (!required.empty())
        schema["required"] = std::move(required);
    schema["properties"] = std::move(properties);
    schema["additionalProperties"] = false;
    return schema;
}

json::object size(std::uint64_t least, std::uint64_t most, std::string_view description)
{
    json::object schema = in_draft_7(detail::parameter_type<byte_count>::schema());
    schema["minimum"] = least;
    schema["maximum"] = most;
    schema["description"] = description;
    return schema;
}

json::object wait(std::chrono::milliseconds usual, std::string_view description)
{
    using duration = detail::parameter_type<std::chrono::milliseconds>;
    json::object schema = in_draft_7(duration::schema());
    schema["minimum"] = 0;
    schema["maximum"] = std::chrono::milliseconds(greatest_backoff).count();
    schema["default"] = duration::write(usual);
    schema["description"] = description;
    return schema;
}

json::object retry_schema()
{
    const retry_policy usual;
    json::object attempts = whole_number(
        greatest_attempts, "How often a packet is tried in all; 1: it is not tried again.");
    attempts["default"] = usual.attempts;
    json::object schema = exactly(
        {{"attempts", std::move(attempts)},
         {"backoff", wait(usual.backoff, "The first wait; each further one is twice as long.")},
         {"max_backoff", wait(usual.max_backoff, "The longest wait.")},
         {"on",
          {{"type", "array"},
           {"minItems", 1},
           {"items", {{"enum", {"throw", "fail"}}}},
           {"default", {"throw"}},
           {"description",
            "What is tried again: exceptions that leave the component, packets that it fails."}}}},
        {});
    schema["description"] = "What becomes of a packet that fails.";
    return schema;
}

// What a name means is shown beside it by editors that know `enumDescriptions`.
json::object component_schema(const components& all)
{
    json::array ids;
    json::array descriptions;
    for (const auto& each : all)
    {
        ids.emplace_back(each->id);
        const std::string notice = each->notice();
        descriptions.emplace_back(notice.empty() ? each->summary
                                                 : "(" + notice + ") " + each->summary);
    }
    json::object schema = text("The component that the node is: package/name.");
    schema["pattern"] = "^[a-z][a-z0-9_]*/[a-z][a-z0-9_]*$";
    if (ids.empty()) // an enumeration of nothing is no schema
        return schema;
    schema["enum"] = std::move(ids);
    schema["enumDescriptions"] = std::move(descriptions);
    return schema;
}

json::object parameters_of(const component_type& type)
{
    json::object properties;
    json::array required;
    for (const parameter_description& each : type.description.parameters)
    {
        properties[each.name] = parameter_schema(each.schema);
        if (each.required)
            required.emplace_back(each.name);
    }
    const bool is_needed = !required.empty();
    json::object schema{
        {"properties", {{"params", exactly(std::move(properties), std::move(required))}}}};
    if (is_needed)
        schema["required"] = json::array{"params"};
    return schema;
}

json::object node_schema(const components& all)
{
    json::array by_component;
    for (const auto& each : all)
    {
        json::object chosen{{"required", json::array{"component"}},
                            {"properties", {{"component", {{"const", each->id}}}}},
                            {"not", {{"required", json::array{"package"}}}}};
        by_component.emplace_back(
            json::object{{"if", std::move(chosen)}, {"then", parameters_of(*each)}});
    }
    json::object schema = exactly(
        {{"component", component_schema(all)},
         {"title", text("What the node is called in pictures.")},
         {"note", text("What people say of it; the host keeps it.")},
         {"params", {{"type", "object"}, {"description", "The parameters of the component."}}},
         {"retry", {{"$ref", "#/definitions/retry"}}},
         {"package",
          text_like("^[a-z][a-z0-9_]*@.+$", "The version of its package: name@version.")},
         {"stack",
          size(least_stack, greatest_stack, "How large the stack of the node's fiber is.")}},
        {"component"});
    if (!by_component.empty())
        schema["allOf"] = std::move(by_component);
    return schema;
}

json::object edge_schema()
{
    constexpr const char* port = "^[a-z][a-z0-9_]*\\.[a-z][a-z0-9_]*$";
    json::object capacity =
        whole_number(greatest_capacity, "How many packets may wait at the edge.");
    capacity["default"] = default_capacity;
    return exactly({{"from", text_like(port, "An output: node.port.")},
                    {"to", text_like(port, "An input: node.port.")},
                    {"capacity", std::move(capacity)},
                    {"overflow",
                     {{"enum", {"wait", "drop"}},
                      {"default", "wait"},
                      {"description", "What becomes of a packet for which there is no room: its "
                                      "sender waits, or it is dropped."}}}},
                   {"from", "to"});
}

json::object layout_schema()
{
    return {
        {"type", "object"},
        {"propertyNames", {{"pattern", node_name}}},
        {"additionalProperties",
         {{"type", "array"}, {"items", {{"type", "number"}}}, {"minItems", 2}, {"maxItems", 2}}},
        {"description", "Where pictures have the nodes: name to [x, y]."}};
}

} // namespace

json::object graph_schema(const components& all)
{
    json::object name = text_like("^[a-z][a-z0-9_-]*$", "The name of the graph, in addresses too.");
    name["maxLength"] = longest_graph_name;
    json::object schema = exactly(
        {{"$schema", text("Where editors find this schema.")},
         {"penstock", {{"const", 1}, {"description", "The version of the form of this file: 1."}}},
         {"name", std::move(name)},
         {"title", text("What the graph is for, in a line.")},
         {"note", text("What people say of it; the host keeps it.")},
         {"nodes",
          {{"type", "object"},
           {"maxProperties", greatest_nodes},
           {"propertyNames", {{"pattern", node_name}}},
           {"additionalProperties", {{"$ref", "#/definitions/node"}}},
           {"description", "Name to node."}}},
         {"edges",
          {{"type", "array"},
           {"maxItems", greatest_edges},
           {"items", {{"$ref", "#/definitions/edge"}}},
           {"description", "From outputs to inputs of nodes."}}},
         {"partition_by",
          text_like("^/meta/[^/]+$", "Packets with the same value stay in one lane, in order.")},
         {"lanes",
          whole_number(greatest_lanes, "How many copies of the graph run, a thread each.")},
         {"pending_memory",
          size(
              least_pending_memory, greatest_pending_memory,
              "How much of its pending requests may be in memory, instead of the host's setting.")},
         {"layout", layout_schema()}},
        {"penstock", "name", "nodes"});
    json::object whole{{"$schema", draft_7}, {"title", "Penstock graph"}};
    for (auto& member : schema)
        whole[member.key()] = std::move(member.value());
    whole["definitions"] = {{"node", node_schema(all)},
                            {"edge", edge_schema()},
                            {"retry", retry_schema()},
                            {"reference", reference_schema()}};
    return whole;
}

} // namespace penstock::host
