// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/connect_command.hpp"

#include "host/app/secrets.hpp"
#include "host/cli/arguments.hpp"
#include "host/graph/graph_files.hpp"
#include "host/lane/plan.hpp"
#include "host/packages/catalogue.hpp"

#include <penstock/testing/run.hpp>

#include <CLI/App.hpp>

#include <algorithm>
#include <csignal>
#include <exception>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include <sys/prctl.h>
#include <unistd.h>

namespace penstock::host::cli
{

namespace
{

constexpr int result_descriptor = 3;

// Nothing comes to the node: a publisher connects before it looks for packets, and then finds its
// input closed.
json::object connect(const planned_node& node, const std::string& data)
{
    const testing::data_directory here(data);
    testing::inputs closed;
    for (const std::string& each : node.inputs)
        closed[each];
    try
    {
        (void)testing::run_configured(node.make(), std::move(closed));
        return {};
    }
    catch (const std::exception& wrong)
    {
        return {{"reason", without_secrets(wrong.what(), node.secrets)}};
    }
}

} // namespace

connect_command::connect_command(CLI::App& program)
    : command(*program.add_subcommand("connect", ""))
{
    program.get_subcommand("connect")->group(""); // not shown
}

int connect_command::run()
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
    const json::object wish = parse_json(text).as_object();
    std::vector<std::string> folders;
    for (const json::value& each : wish.at("packages").as_array())
        folders.emplace_back(each.as_string());
    catalogue components(places_of(folders));
    const std::string data(wish.at("data").as_string());
    const graph_file read =
        read_graph(std::filesystem::path(std::string(wish.at("file").as_string())));
    const auto plan = make_plan(read.graph, components, host_resolver(data));
    const auto node = std::ranges::find(plan->nodes, std::string(wish.at("node").as_string()),
                                        &planned_node::name);
    const std::string result = write_json(connect(*node, data));
    const ssize_t written = ::write(result_descriptor, result.data(), result.size());
    ::_exit(written == static_cast<ssize_t>(result.size())
                ? fine
                : failure); // what the component began is left
}

} // namespace penstock::host::cli
