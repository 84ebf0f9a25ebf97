// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/graph_picture.hpp"

#include <string_view>

namespace penstock::host::cli
{

namespace
{

/// What is written at an edge: the ports, unless they are the usual ones.
std::string edge_label(const edge_spec& edge)
{
    if (edge.to.port != "in")
        return edge.from.port + " → " + edge.to.port;
    return edge.from.port == "out" ? std::string() : edge.from.port;
}

std::string dot_quoted(std::string_view text)
{
    std::string made = "\"";
    for (const char c : text)
    {
        if (c == '"' || c == '\\')
            made += '\\';
        made += c == '\n' ? ' ' : c;
    }
    return made + '"';
}

/// Mermaid knows HTML's entities only, written with a hash.
std::string mermaid_quoted(std::string_view text)
{
    std::string made = "\"";
    for (const char c : text)
    {
        if (c == '"' || c == '#' || c == '<' || c == '>' || c == '&')
            made += "#" + std::to_string(static_cast<int>(c)) + ";";
        else
            made += c == '\n' ? ' ' : c;
    }
    return made + '"';
}

const std::string& title_of(const node_spec& node)
{
    return node.title.empty() ? node.name : node.title;
}

} // namespace

std::string dot_picture(const graph_spec& graph)
{
    std::string text = "digraph " + dot_quoted(graph.name) + " {\n    rankdir=LR;\n" +
                       "    node [shape=box, style=rounded, fontname=\"sans-serif\"];\n";
    for (const node_spec& node : graph.nodes)
    {
        std::string label = dot_quoted(title_of(node));
        label.pop_back();
        label += "\\n" + dot_quoted(node.component).substr(1);
        text += "    " + dot_quoted(node.name) + " [label=" + label + "];\n";
    }
    for (const edge_spec& edge : graph.edges)
    {
        const std::string label = edge_label(edge);
        text += "    " + dot_quoted(edge.from.node) + " -> " + dot_quoted(edge.to.node) +
                (label.empty() ? "" : " [label=" + dot_quoted(label) + "]") + ";\n";
    }
    return text + "}\n";
}

std::string mermaid_picture(const graph_spec& graph)
{
    // A node may be called "end", which is a word of Mermaid's: numbers are not.
    const auto number = [&](const std::string& node)
    { return "n" + std::to_string(graph.find(node).value_or(graph.nodes.size())); };
    std::string text = "flowchart LR\n";
    for (const node_spec& node : graph.nodes)
    {
        std::string label = mermaid_quoted(title_of(node));
        label.pop_back();
        label += "<br/>" + mermaid_quoted(node.component).substr(1);
        text += "    " + number(node.name) + "[" + label + "]\n";
    }
    for (const edge_spec& edge : graph.edges)
    {
        const std::string label = edge_label(edge);
        text += "    " + number(edge.from.node) + " -->" +
                (label.empty() ? "" : "|" + mermaid_quoted(label) + "|") + " " +
                number(edge.to.node) + "\n";
    }
    return text;
}

} // namespace penstock::host::cli
