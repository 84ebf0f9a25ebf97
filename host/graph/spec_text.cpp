// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/spec.hpp"

#include <penstock/parameter.hpp>

#include <cmath>

namespace penstock::host
{

namespace
{

constexpr double greatest_exact = 9007199254740992.0; // 2^53

json::value whole_if_possible(double number)
{
    if (std::trunc(number) == number && std::abs(number) <= greatest_exact)
        return static_cast<std::int64_t>(number);
    return number;
}

json::object node_json(const node_spec& node)
{
    json::object entry{{"component", node.component}};
    if (!node.title.empty())
        entry["title"] = node.title;
    if (!node.note.empty())
        entry["note"] = node.note;
    if (!node.params.empty())
        entry["params"] = node.params;
    if (node.retry)
        entry["retry"] = *node.retry;
    if (!node.package.empty())
        entry["package"] = node.package;
    if (node.stack)
        entry["stack"] = detail::parameter_type<byte_count>::write(byte_count{*node.stack});
    return entry;
}

json::object edge_json(const edge_spec& edge)
{
    json::object entry{{"from", edge.from.node + '.' + edge.from.port},
                       {"to", edge.to.node + '.' + edge.to.port}};
    if (edge.capacity)
        entry["capacity"] = *edge.capacity;
    if (edge.overflow == overflow::drop)
        entry["overflow"] = "drop";
    return entry;
}

/// Writes what the graph is made of: an entry a line, so that two people's changes merge. Columns
/// are not aligned, because a longer name would then change the lines of all others.
void write_lines(const json::value& value, std::string& out)
{
    const char* separator = "";
    const bool is_list = value.is_array();
    const auto begin_line = [&]
    {
        out += std::exchange(separator, ",");
        out += "\n    ";
    };
    out += is_list ? '[' : '{';
    if (is_list)
        for (const json::value& item : value.get_array())
        {
            begin_line();
            write_line(item, out);
        }
    else
        for (const auto& member : value.get_object())
        {
            begin_line();
            write_json(json::value(member.key()), out);
            out += ": ";
            write_line(member.value(), out);
        }
    if (*separator != '\0')
        out += "\n  ";
    out += is_list ? ']' : '}';
}

} // namespace

void write_line(const json::value& value, std::string& out)
{
    const char* separator = "";
    if (const json::object* object = value.if_object(); object != nullptr && !object->empty())
    {
        out += "{ ";
        for (const auto& member : *object)
        {
            out += std::exchange(separator, ", ");
            write_json(json::value(member.key()), out);
            out += ": ";
            write_line(member.value(), out);
        }
        out += " }";
    }
    else if (const json::array* list = value.if_array())
    {
        out += '[';
        for (const json::value& item : *list)
        {
            out += std::exchange(separator, ", ");
            write_line(item, out);
        }
        out += ']';
    }
    else
        write_json(value, out);
}

json::object graph_json(const graph_spec& graph)
{
    json::object nodes;
    json::object layout;
    json::array edges;
    for (const node_spec& node : graph.nodes)
    {
        nodes[node.name] = node_json(node);
        if (node.position)
            layout[node.name] = {whole_if_possible((*node.position)[0]),
                                 whole_if_possible((*node.position)[1])};
    }
    for (const edge_spec& edge : graph.edges)
        edges.push_back(edge_json(edge));
    json::object file;
    if (!graph.schema.empty())
        file["$schema"] = graph.schema;
    file["penstock"] = 1;
    file["name"] = graph.name;
    if (!graph.title.empty())
        file["title"] = graph.title;
    if (!graph.note.empty())
        file["note"] = graph.note;
    file["nodes"] = std::move(nodes);
    file["edges"] = std::move(edges);
    if (graph.partition_by)
        file["partition_by"] = *graph.partition_by;
    if (graph.lanes)
        file["lanes"] = *graph.lanes;
    if (graph.pending_memory)
        file["pending_memory"] =
            detail::parameter_type<byte_count>::write(byte_count{*graph.pending_memory});
    if (!layout.empty())
        file["layout"] = std::move(layout);
    return file;
}

std::string write_graph(const graph_spec& graph)
{
    std::string out = "{";
    const char* separator = "\n  ";
    for (const auto& member : graph_json(graph))
    {
        out += std::exchange(separator, ",\n  ");
        write_json(json::value(member.key()), out);
        out += ": ";
        const std::string_view key = member.key();
        if (key == "nodes" || key == "edges" || key == "layout")
            write_lines(member.value(), out);
        else
            write_line(member.value(), out);
    }
    return out + "\n}\n";
}

} // namespace penstock::host
