// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/component_markdown.hpp"

#include "host/cli/author/component_text.hpp"
#include "host/graph/spec.hpp"

#include <memory>
#include <vector>

namespace penstock::host::cli
{

namespace
{

/// Makes a text fit for a cell of a table.
std::string cell(std::string_view text)
{
    std::string made;
    for (const char c : text)
    {
        if (c == '|')
            made += '\\';
        made += c == '\n' ? ' ' : c;
    }
    return made;
}

std::string row(std::initializer_list<std::string_view> cells)
{
    std::string line = "|";
    for (const std::string_view each : cells)
        line += each.empty() ? " |" : " " + cell(each) + " |";
    return line + '\n';
}

std::string code(std::string_view text)
{
    return '`' + std::string(text) + '`';
}

std::string line(const json::value& value)
{
    std::string text;
    write_line(value, text);
    return text;
}

std::string input_rows(const component_description& has)
{
    if (has.inputs.empty())
        return {};
    std::string rows = "\n| input | takes |\n|---|---|\n";
    for (const port_description& each : has.inputs)
    {
        std::string help = each.help;
        if (each.optional)
            help += help.empty() ? "(may stay unwired)" : " (may stay unwired)";
        rows += row({code(each.name), help});
    }
    return rows;
}

std::string output_rows(const component_description& has)
{
    std::string rows = "\n| output | gives |\n|---|---|\n";
    for (const port_description& each : has.outputs)
        rows += row({code(each.name), each.help});
    for (const std::string& each : has.output_families)
        rows += row({"one for each item of " + code(each), ""});
    if (!has.inputs.empty())
        rows += row({code("error"), "packets that failed, as on every node"});
    return rows;
}

std::string default_text(const parameter_description& parameter)
{
    if (parameter.required)
        return "required";
    const json::value* standard = parameter.schema.if_contains("default");
    if (standard != nullptr && !has_default(parameter.schema))
        return "optional";
    return standard == nullptr ? "" : code(line(*standard));
}

/// The help of a parameter, then its examples.
std::string help_text(const json::object& schema)
{
    std::string text;
    if (const json::value* help = schema.if_contains("description"))
        text = help->as_string();
    if (const json::value* examples = schema.if_contains("examples"))
        for (const json::value& each : examples->as_array())
            text += (text.empty() ? "Example: " : " Example: ") + code(line(each)) + '.';
    return text;
}

std::string parameter_rows(const component_description& has)
{
    if (has.parameters.empty())
        return {};
    std::string rows = "\n| parameter | type | default | what it says |\n|---|---|---|---|\n";
    for (const parameter_description& each : has.parameters)
    {
        rows += row(
            {code(each.name), type_text(each.schema), default_text(each), help_text(each.schema)});
    }
    return rows;
}

json::value some_value(const json::object& schema);

constexpr std::string_view any_text = "…";

/// An object with the members that it must have; of texts that may be any, their names.
json::object some_object(const json::object& schema)
{
    json::object made;
    if (const json::value* required = schema.if_contains("required"))
        for (const json::value& each : required->as_array())
        {
            json::value& member = made[each.as_string()];
            member =
                some_value(schema.at("properties").as_object().at(each.as_string()).as_object());
            if (member.is_string() && member.get_string() == any_text)
                member = each;
        }
    return made;
}

std::string metric_rows(const component_description& has)
{
    if (has.metrics.empty())
        return {};
    std::string rows = "\n| metric | kind | what it says |\n|---|---|---|\n";
    for (const metric_description& each : has.metrics)
        rows += row({code(each.name), name_of(each.kind), each.help});
    return rows;
}

/// Some value that fits a schema.
json::value some_value(const json::object& schema)
{
    if (const json::value* examples = schema.if_contains("examples"))
        return examples->as_array().front();
    if (schema.contains("writeOnly"))
        return "${secret:NAME}";
    if (const json::value* choices = schema.if_contains("enum"))
        return choices->as_array().front();
    const json::value* type = schema.if_contains("type");
    if (schema.contains("x-unit") || type == nullptr || !type->is_string())
        return schema.contains("minimum") ? schema.at("minimum") : json::value(any_text);
    const json::string& word = type->get_string();
    if (word == "object")
        return some_object(schema);
    if (word == "array")
        return json::array{some_value(schema.at("items").as_object())};
    if (word == "boolean")
        return true;
    if (word == "integer" || word == "number")
        return schema.contains("minimum") ? schema.at("minimum") : json::value(0);
    return json::value(any_text);
}

bool is_empty(const json::value& value)
{
    return value.is_null() || (value.is_string() && value.get_string().empty()) ||
           (value.is_array() && value.get_array().empty());
}

std::string accepted(const component_description& has)
{
    std::string types;
    for (const std::string& each : has.accepts)
        types += (types.empty() ? "" : ", ") + code(each);
    return types + (has.takes_triggers ? ", and triggers" : "");
}

// Of several parameters one may have to be given, which no schema tells: a check does.
void add_missing(const component_type& type, json::object& params)
{
    const std::unique_ptr<penstock::component> made = type.make();
    if (made == nullptr)
        return;
    for (const auto& wrong : penstock::configure(*made, params))
        for (const parameter_description& each : type.description.parameters)
            if (each.name == wrong.name && each.schema.contains("examples"))
                params[each.name] = some_value(each.schema);
}

} // namespace

json::object example_node(const component_type& type)
{
    json::object params;
    for (const parameter_description& each : type.description.parameters)
    {
        const json::value* standard = each.schema.if_contains("default");
        if (each.required)
            params[each.name] = some_value(each.schema);
        else if (standard != nullptr && !is_empty(*standard))
            params[each.name] = *standard;
    }
    add_missing(type, params);
    json::object node{{"component", type.id}};
    if (!params.empty())
        node["params"] = std::move(params);
    return node;
}

std::string component_markdown(const component_type& type)
{
    const component_description& has = type.description;
    std::string kind(name_of(type.category));
    kind.front() = static_cast<char>(kind.front() - 'a' + 'A');
    std::string text = "## " + type.id + "\n\n" + kind + ". " + type.summary + '\n';
    if (type.status == penstock::status::beta)
        text += "\n**Beta:** its ports, parameters and behaviour may still change.\n";
    if (type.status == penstock::status::deprecated)
        text += "\n**Deprecated**" +
                (type.successor.empty() ? "" : ": use " + code(type.successor)) + ".\n";
    if (!type.since.empty())
        text += "\nSince " + type.package + ' ' + type.since + ".\n";
    if (!type.own_version.empty() && type.own_version != type.version)
        text += "\nIts own version is " + type.own_version + ".\n";
    if (!has.accepts.empty())
        text += "\nIt accepts " + accepted(has) + ".\n";
    if (has.acknowledges)
        text += "\nIt reads by itself, and hears when what it read has ended.\n";
    if (has.keeps_state_by_key)
        text += "\nIt keeps state by key over deployments and runs of the host. Its graph needs " +
                code("\"partition_by\"") + ".\n";
    if (has.keeps_state)
        text += "\nIt keeps state over deployments and runs of the host.\n";
    if (has.keeps_state && !has.is_source())
        text += "\nIts graph needs " + code("\"lanes\": 1") + ".\n";
    else if (has.singleton)
        text +=
            "\nIts graph needs " + code("\"lanes\": 1") + " or " + code("\"partition_by\"") + ".\n";
    text += input_rows(has);
    if (!has.outputs.empty() || !has.inputs.empty() || !has.output_families.empty())
        text += output_rows(has);
    text += parameter_rows(has);
    text += metric_rows(has);
    return text + "\n```json\n" + line(example_node(type)) + "\n```\n";
}

} // namespace penstock::host::cli
