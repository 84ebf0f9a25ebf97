// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/rollout/stop_command.hpp"

#include "host/cli/arguments.hpp"
#include "host/cli/host_call.hpp"

#include <CLI/App.hpp>

#include <chrono>
#include <iostream>

namespace penstock::host::cli
{

stop_command::stop_command(CLI::App& program)
    : command(*program.add_subcommand(
          "stop", "Has hosts take in nothing more for a graph and work off what is pending."))
{
    CLI::App& verb = *program.get_subcommand("stop");
    verb.add_option("GRAPH", graph_, "the name of the graph")->required();
    add_addresses(verb, to_);
    add_wait(verb, wait_, "how long a host may take; longer than its drain");
    add_json(verb, json_);
}

// One host that does not answer keeps the graph from running on no other.
int stop_command::run()
{
    const auto wait = wait_.time();
    if (!wait)
        return complain(wait.error(), misuse);
    int code = fine;
    for (const host_address& each : to_.each())
    {
        const auto stopped =
            ask(each, "POST", "/api/graphs/" + http::percent_encoded(graph_) + "/stop", {},
                std::chrono::steady_clock::now() + *wait);
        if (!stopped)
        {
            problem why = stopped.error();
            if (!why.where.starts_with("--") && why.where != each.url)
                why.where = each.url; // and not the path, which is the same on all
            code = complain(why);
        }
        else if (json_)
        {
            json::object line = stopped->is_object() ? stopped->get_object() : json::object();
            line["host"] = each.url;
            std::cout << write_json(line) << std::endl;
        }
        else
            std::cout << each.url << ": " << text_of(*stopped, "state") << ", "
                      << text_of(*stopped, "pending") << " pending" << std::endl;
    }
    return code;
}

} // namespace penstock::host::cli
