// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/validate_command.hpp"

#include "host/cli/arguments.hpp"
#include "host/graph/check.hpp"
#include "host/graph/graph_files.hpp"
#include "host/graph/warn.hpp"
#include "host/packages/catalogue.hpp"

#include <penstock/json.hpp>

#include <CLI/App.hpp>

#include <iostream>

namespace penstock::host::cli
{

namespace
{

/// Finds what is wrong with the names in a graph, as far as its form lets us look.
void check_names(graph_file& read, catalogue& components)
{
    if (read.graph.nodes.empty() && !read.problems.empty())
        return; // it would only be said again
    for (problem& each : located(check(read.graph, components), read.file))
        read.problems.push_back(std::move(each));
}

json::array json_of(const std::vector<problem>& problems)
{
    json::array list;
    for (const problem& each : problems)
        list.push_back(
            {{"pointer", each.pointer}, {"message", each.message}, {"expected", each.expected}});
    return list;
}

} // namespace

validate_command::validate_command(CLI::App& program)
    : command(*program.add_subcommand("validate", "Tells what keeps graph files from running."))
{
    CLI::App& verb = *program.get_subcommand("validate");
    verb.add_option("GRAPH.json", files_, "graph files")->required();
    add_packages(verb, packages_);
    add_json(verb, json_);
}

int validate_command::run()
{
    catalogue components(places_of(packages_));
    std::vector<graph_file> files = read_graphs(files_);
    json::array all;
    int code = fine;
    for (graph_file& each : files)
    {
        check_names(each, components);
        if (!each.problems.empty())
            code = failure;
        const std::vector<problem> warnings = located(warn(each.graph, components), each.file);
        if (json_)
            all.push_back({{"file", each.file.string()},
                           {"problems", json_of(each.problems)},
                           {"warnings", json_of(warnings)}});
        else if (each.problems.empty())
            std::cout << each.file.string() << ": runs: " << each.graph.nodes.size() << " nodes, "
                      << each.graph.edges.size() << " edges\n";
        for (const problem& problem : each.problems)
            if (!json_)
                complain(problem);
        for (const problem& warning : warnings)
            if (!json_)
                std::cerr << "warning: " << to_string(warning) << '\n';
    }
    if (json_)
        std::cout << write_json(json::object{{"files", std::move(all)}}) << '\n';
    return code;
}

} // namespace penstock::host::cli
