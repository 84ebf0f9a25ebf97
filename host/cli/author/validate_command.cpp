// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/validate_command.hpp"

#include "host/app/data_directory.hpp"
#include "host/app/secrets.hpp"
#include "host/base/json_pointer.hpp"
#include "host/base/quantity.hpp"
#include "host/cli/arguments.hpp"
#include "host/graph/check.hpp"
#include "host/graph/graph_files.hpp"
#include "host/graph/warn.hpp"
#include "host/packages/catalogue.hpp"

#include <penstock/json.hpp>
#include <penstock/nearest.hpp>

#include <CLI/App.hpp>

#include <iostream>

namespace penstock::host::cli
{

namespace
{

/// Finds what is wrong with the names in a graph, as far as its form lets us look.
void check_names(graph_file& read, catalogue& components, const resolver& resolve)
{
    if (read.graph.nodes.empty() && !read.problems.empty())
        return; // it would only be said again
    for (problem& each : located(check(read.graph, components, resolve), read.file))
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
    verb.add_option("GRAPH.json", files_, "graph files, or folders of them")->required();
    add_packages(verb, packages_);
    verb.add_flag("--connect", connect_,
                  "also start each publisher and have it connect, in a process of its own; nothing "
                  "is published");
    verb.add_option("--connect-time", connect_time_, "how long each may take, as in 10s")
        ->type_name("DURATION")
        ->needs("--connect");
    verb.add_option("--data", data_, "the host's data directory, for secrets")
        ->type_name("DIR")
        ->needs("--connect");
    add_json(verb, json_);
}

int validate_command::run()
{
    if (const int code = check_packages(packages_); code != fine)
        return code;
    const auto time = parse_duration(connect_time_);
    if (!time || time->count() == 0)
        return complain(
            {"--connect-time", "", "is " + quote(connect_time_), "a duration as 10s was expected"},
            misuse);
    const std::filesystem::path data =
        data_.empty() ? default_data_directory() : std::filesystem::path(data_);
    const connection_check connections(packages_, data, *time);
    const resolver resolve = connect_ ? host_resolver(data) : resolver();
    catalogue components(places_of(packages_));
    std::vector<graph_file> files = read_graphs(files_);
    json::array all;
    int code = fine;
    for (graph_file& each : files)
    {
        check_names(each, components, resolve);
        if (!each.problems.empty())
            code = failure;
        const std::vector<problem> warnings = located(warn(each.graph, components), each.file);
        if (!json_ && each.problems.empty())
            std::cout << each.file.string() << ": runs: " << each.graph.nodes.size() << " nodes, "
                      << each.graph.edges.size() << " edges\n";
        json::array tried;
        if (connect_ && each.problems.empty() &&
            !try_connections(each, components, connections, tried))
            code = failure;
        if (json_)
        {
            json::object told{{"file", each.file.string()},
                              {"problems", json_of(each.problems)},
                              {"warnings", json_of(warnings)}};
            if (connect_)
                told["connections"] = std::move(tried);
            all.push_back(std::move(told));
        }
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

// Tells of each publisher as soon as it is tried; false if one is not connected.
bool validate_command::try_connections(const graph_file& read, catalogue& components,
                                       const connection_check& connections,
                                       json::array& tried) const
{
    bool all = true;
    for (const node_spec& node : read.graph.nodes)
    {
        const auto type = components.find(node.component, node.package);
        if (type == nullptr || !type->ends())
            continue;
        const std::optional<std::string> why = connections.try_node(read.file, node.name);
        all = all && !why;
        json::object told{{"node", node.name}, {"connected", !why}};
        if (why)
            told["reason"] = *why;
        tried.push_back(std::move(told));
        if (!json_ && why)
            complain({read.file.string(), pointer_to("/nodes", node.name),
                      "is not connected: " + *why, ""});
        else if (!json_)
            std::cout << read.file.string() << ": " << node.name << ": connected" << std::endl;
    }
    return all;
}

} // namespace penstock::host::cli
