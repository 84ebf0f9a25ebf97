// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/component_text.hpp"

#include "host/cli/author/component_markdown.hpp"
#include "host/graph/spec.hpp"

#include <algorithm>
#include <map>

namespace penstock::host::cli
{

namespace
{

std::string padded(std::string_view text, std::size_t width)
{
    std::string made(text);
    made.resize(std::max(width, text.size()), ' ');
    return made;
}

std::string joined(const std::vector<std::string>& texts)
{
    std::string made;
    for (const std::string& each : texts)
        made += (made.empty() ? "" : ", ") + each;
    return made;
}

/// `text` for `string`, as people say.
std::string type_word(std::string_view word)
{
    return word == "string" ? "text" : word == "array" ? "list" : std::string(word);
}

std::string base_type(const json::object& schema)
{
    if (schema.contains("writeOnly"))
        return "secret";
    if (const json::value* unit = schema.if_contains("x-unit"))
        return *unit == "ms"      ? "duration"
               : *unit == "s"     ? "duration in seconds"
               : *unit == "bytes" ? "size"
                                  : "number";
    const json::value* type = schema.if_contains("type");
    if (type == nullptr)
        return "any JSON";
    if (type->is_string())
        return type_word(type->get_string());
    std::string words;
    if (type->is_array())
        for (const json::value& each : type->get_array())
            if (each != "null")
                words += (words.empty() ? "" : " or ") + type_word(each.as_string());
    return words;
}

/// Limits that the type itself has are not worth a word.
std::string limits_text(const json::object& schema)
{
    const json::value* least = schema.if_contains("minimum");
    const json::value* most = schema.if_contains("maximum");
    constexpr double greatest_plain = 2147483646; // the limits of 32 and 64 bits are beyond
    const auto is_told = [&](const json::value* limit)
    {
        return limit != nullptr && limit->is_number() &&
               limit->to_number<double>() >= -greatest_plain &&
               limit->to_number<double>() <= greatest_plain;
    };
    if (is_told(least) && is_told(most))
        return ", " + write_json(*least) + " to " + write_json(*most);
    if (is_told(least))
        return ", at least " + write_json(*least);
    if (is_told(most))
        return ", at most " + write_json(*most);
    return {};
}

/// The members of objects: their names, and which may be left out.
std::string members_text(const json::object& schema)
{
    const json::value* members = schema.if_contains("properties");
    if (members == nullptr || !members->is_object())
        return {};
    const json::value* required = schema.if_contains("required");
    std::string text;
    for (const auto& each : members->get_object())
    {
        text += (text.empty() ? " {" : ", ") + std::string(each.key()) + ": " +
                type_text(each.value().as_object());
        if (required == nullptr ||
            std::ranges::count(required->as_array(), json::value(each.key())) == 0)
            text += '?';
    }
    return text.empty() ? text : text + '}';
}

std::string port_lines(const std::vector<port_description>& ports, std::size_t width,
                       bool are_inputs)
{
    std::string lines;
    for (const port_description& port : ports)
    {
        std::string help = port.help;
        if (are_inputs && port.optional)
            help += help.empty() ? "(may stay unwired)" : " (may stay unwired)";
        std::string line = "  " + padded(port.name, width) + "  " + help;
        line.erase(line.find_last_not_of(' ') + 1);
        lines += line + '\n';
    }
    return lines;
}

std::string parameter_lines(const parameter_description& parameter, std::size_t width)
{
    std::string lines = "  " + padded(parameter.name, width) + "  " + type_text(parameter.schema);
    const json::value* standard = parameter.schema.if_contains("default");
    if (parameter.required)
        lines += "; required";
    else if (standard != nullptr && has_default(parameter.schema))
        lines += "; default " + write_json(*standard);
    else
        lines += "; optional";
    lines += '\n';
    if (const json::value* help = parameter.schema.if_contains("description"))
        lines += std::string(width + 4, ' ') + std::string(help->as_string()) + '\n';
    if (const json::value* examples = parameter.schema.if_contains("examples"))
        for (const json::value& each : examples->as_array())
            lines += std::string(width + 4, ' ') + "example: " + write_json(each) + '\n';
    return lines;
}

} // namespace

std::string type_text(const json::object& schema)
{
    const json::value* items = schema.if_contains("items");
    const json::object& one = items != nullptr && items->is_object() ? items->get_object() : schema;
    std::string text = (items != nullptr ? "list of " : "") + base_type(one);
    if (const json::value* choices = one.if_contains("enum"); choices && choices->is_array())
    {
        text.clear();
        for (const json::value& each : choices->get_array())
            if (!each.is_null())
                text += (text.empty() ? (items != nullptr ? "list of " : "") : " | ") +
                        (each.is_string() ? std::string(each.get_string()) : write_json(each));
    }
    return text + members_text(one) + limits_text(one);
}

bool has_default(const json::object& schema)
{
    const json::value* standard = schema.if_contains("default");
    if (standard == nullptr || schema.contains("writeOnly"))
        return false;
    const json::value* type = schema.if_contains("type");
    return !standard->is_null() || type == nullptr; // any JSON has null as a value
}

std::string catalogue_table(const std::vector<std::shared_ptr<const component_type>>& types)
{
    std::size_t width = 0;
    std::map<category, std::vector<const component_type*>> parts;
    for (const auto& type : types)
    {
        width = std::max(width, type->id.size());
        parts[type->category].push_back(type.get());
    }
    std::string table;
    for (const auto& [category, members] : parts)
    {
        table += (table.empty() ? "" : "\n") + std::string(name_of(category)) + '\n';
        for (const component_type* type : members)
            table += "  " + padded(type->id, width) + "  " + type->summary +
                     (type->notice().empty() ? "" : " (" + type->notice() + ')') + '\n';
    }
    return table;
}

std::string component_page(const component_type& type)
{
    const component_description& has = type.description;
    std::size_t width = std::string_view("error").size();
    for (const auto* ports : {&has.inputs, &has.outputs})
        for (const port_description& port : *ports)
            width = std::max(width, port.name.size());
    for (const parameter_description& parameter : has.parameters)
        width = std::max(width, parameter.name.size());
    for (const metric_description& metric : has.metrics)
        width = std::max(width, metric.name.size());

    std::string page = type.id + " (" + std::string(name_of(type.category)) + ")\n" + type.summary +
                       "\n\npackage  " + type.package + ' ' + type.version + ", " + type.licence +
                       "\npath     " + type.path.string() + '\n';
    if (!type.own_version.empty() && type.own_version != type.version)
        page += "version  " + type.own_version + '\n';
    if (!type.since.empty())
        page += "since    " + type.package + ' ' + type.since + '\n';
    if (!type.notice().empty())
        page += "status   " + type.notice() + '\n';
    if (!has.accepts.empty())
        page += "accepts  " + joined(has.accepts) + (has.takes_triggers ? ", triggers" : "") + '\n';
    if (has.acknowledges)
        page += "reads    by itself, and hears when what it read has ended\n";
    if (has.keeps_state_by_key)
        page += "keeps    state by key over deployments and runs of the host\n"
                "needs    \"partition_by\" in its graph\n";
    if (has.keeps_state)
        page += "keeps    state over deployments and runs of the host\n";
    if (has.keeps_state && !has.is_source())
        page += "needs    \"lanes\": 1 in its graph\n";
    else if (has.singleton)
        page += "needs    \"lanes\": 1 or \"partition_by\" in its graph\n";
    if (!has.inputs.empty())
        page += "\ninputs\n" + port_lines(has.inputs, width, true);
    page += "\noutputs\n" + port_lines(has.outputs, width, false);
    for (const std::string& family : has.output_families)
        page += "  one for each item of " + family + '\n';
    if (!has.inputs.empty())
        page += "  " + padded("error", width) + "  packets that failed (on every node)\n";
    if (!has.parameters.empty())
        page += "\nparameters\n";
    for (const parameter_description& parameter : has.parameters)
        page += parameter_lines(parameter, width);
    if (!has.metrics.empty())
        page += "\nmetrics\n";
    for (const metric_description& metric : has.metrics)
        page += "  " + padded(metric.name, width) + "  " + std::string(name_of(metric.kind)) +
                "; " + metric.help + '\n';
    page += "\nexample\n  ";
    write_line(example_node(type), page);
    return page + '\n';
}

} // namespace penstock::host::cli
