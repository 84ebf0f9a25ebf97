// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/rollout/deploy_command.hpp"

#include "host/cli/arguments.hpp"
#include "host/cli/rollout/interruption.hpp"
#include "host/graph/graph_files.hpp"
#include "host/rollout/rollout.hpp"

#include <penstock/json.hpp>

#include <CLI/App.hpp>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <iostream>
#include <memory>
#include <vector>

namespace penstock::host::cli
{

namespace
{

using rollout::graph_on_host;
using rollout::host_outcome;
using rollout::new_graph;

std::string line_about(const graph_on_host& host, host_outcome outcome)
{
    switch (outcome)
    {
    case host_outcome::deployed:
        return host.address() + ": runs " + host.after() + "; before: " + host.before();
    case host_outcome::restored: return host.address() + ": is back to before: " + host.before();
    case host_outcome::stuck:
        return host.address() + ": could not go back to before: " + host.before();
    case host_outcome::unchanged: break;
    }
    return host.address() + ": unchanged";
}

json::object summary(const new_graph& graph, const std::deque<graph_on_host>& hosts,
                     const std::vector<host_outcome>& outcomes)
{
    json::array all;
    for (std::size_t i = 0; i < hosts.size(); ++i)
        all.push_back({{"host", hosts[i].address()},
                       {"outcome", rollout::name_of(outcomes[i])},
                       {"before", hosts[i].before()},
                       {"revision", hosts[i].revision()}});
    return {{"graph", graph.name}, {"hosts", std::move(all)}};
}

} // namespace

deploy_command::deploy_command(CLI::App& program)
    : command(*program.add_subcommand(
          "deploy", "Runs a graph on hosts, one after the other, on all of them or on none."))
{
    CLI::App& verb = *program.get_subcommand("deploy");
    verb.add_option("GRAPH.json", file_, "a graph file")->required();
    add_addresses(verb, to_);
    add_wait(verb, wait_,
             "how long a host may take until the graph runs there; longer than a deployment may "
             "take on it, with its drain");
    add_json(verb, json_);
}

int deploy_command::run()
{
    const auto wait = wait_.time();
    if (!wait)
        return complain(wait.error(), misuse);
    const graph_file read = read_graph(file_);
    for (const problem& each : read.problems)
        complain(each);
    if (!read.problems.empty())
        return failure;
    const new_graph graph{read.graph.name, write_graph(read.graph)};
    std::deque<graph_on_host> hosts;
    for (const host_address& each : to_.each())
    {
        const auto access = reach(each);
        if (!access)
            return complain(access.error());
        hosts.emplace_back(
            each.url, std::make_unique<rollout::client_link>(access->host, access->who), graph);
    }
    const interruption interrupted;
    const std::vector<host_outcome> outcomes = rollout::roll_out(
        hosts, {.wait = *wait,
                .is_interrupted = [&] { return interrupted.came(); },
                .complain = [](const graph_on_host*, const problem& each) { cli::complain(each); },
                .tell =
                    [this](const graph_on_host& host, host_outcome outcome)
                {
                    if (!json_)
                        std::cout << line_about(host, outcome) << std::endl;
                }});
    if (json_)
        std::cout << write_json(summary(graph, hosts, outcomes)) << '\n';
    return std::ranges::count(outcomes, host_outcome::deployed) ==
                   static_cast<std::ptrdiff_t>(outcomes.size())
               ? fine
               : failure;
}

} // namespace penstock::host::cli
