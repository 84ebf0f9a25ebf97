// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/graph_command.hpp"

#include "host/cli/author/graph_picture.hpp"
#include "host/graph/graph_files.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <iostream>

namespace penstock::host::cli
{

graph_command::graph_command(CLI::App& program)
    : command(*program.add_subcommand("graph", "Draws a graph file."))
{
    CLI::App& verb = *program.get_subcommand("graph");
    verb.add_option("GRAPH.json", file_, "a graph file")->required();
    verb.add_option("--format", format_, "dot (Graphviz) or mermaid")
        ->type_name("FORMAT")
        ->check(CLI::IsMember({"dot", "mermaid"}))
        ->capture_default_str();
}

int graph_command::run()
{
    const graph_file read = read_graph(file_);
    for (const problem& each : read.problems)
        complain(each);
    if (!read.problems.empty())
        return failure;
    std::cout << (format_ == "dot" ? dot_picture(read.graph) : mermaid_picture(read.graph));
    return fine;
}

} // namespace penstock::host::cli
