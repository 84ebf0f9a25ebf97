// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/watch/tap_command.hpp"
#include "host/base/printable.hpp"

#include "host/base/quantity.hpp"
#include "host/cli/arguments.hpp"
#include "host/cli/host_call.hpp"
#include "host/net/websocket/websocket_client.hpp"

#include <CLI/App.hpp>

#include <iostream>

namespace penstock::host::cli
{

namespace
{

constexpr auto patience = std::chrono::seconds(10);

std::string listed(const std::vector<std::string>& names)
{
    std::string list;
    for (const std::string& each : names)
        list += (list.empty() ? "" : ", ") + each;
    return list;
}

} // namespace

tap_command::tap_command(CLI::App& program)
    : command(*program.add_subcommand("tap", "Shows packets as they pass a port."))
{
    CLI::App& verb = *program.get_subcommand("tap");
    verb.add_option("NODE.PORT", port_, "an output, or an input, that has an edge")->required();
    verb.add_option("--graph", graph_, "its graph; may be left out if there is one only")
        ->type_name("NAME");
    verb.add_option("--rate", rate_, "the most packets a second; the others are counted")
        ->type_name("N")
        ->capture_default_str();
    verb.add_option("--max-bytes", max_bytes_, "how much of each packet")
        ->type_name("N")
        ->capture_default_str();
    verb.add_option("--count", count_, "end after so many packets")->type_name("N");
    add_address(verb, to_);
    add_json(verb, json_);
}

int tap_command::run()
{
    const auto graph = choose_graph();
    if (!graph)
        return complain(graph.error());
    const auto edges = edges_of(*graph);
    if (!edges)
        return complain(edges.error());
    return show(*graph, *edges);
}

boost::system::result<std::string, problem> tap_command::choose_graph() const
{
    if (!graph_.empty())
        return graph_;
    const auto all = ask(to_, "GET", "/api/graphs");
    if (!all)
        return all.error();
    std::vector<std::string> names;
    for (const json::value& each : all->as_array())
        names.push_back(text_of(each, "name"));
    if (names.size() == 1)
        return names.front();
    return problem("--graph", "", names.empty() ? "there is no graph" : "there are several graphs",
                   names.empty() ? "one was expected"
                                 : "one of " + listed(names) + " was expected");
}

boost::system::result<std::vector<std::string>, problem>
tap_command::edges_of(const std::string& graph) const
{
    const auto file = ask(to_, "GET", "/api/graphs/" + http::percent_encoded(graph));
    if (!file)
        return file.error();
    std::vector<std::string> edges;
    std::vector<std::string> all;
    for (const json::value& each : file->at("edges").as_array())
    {
        const std::string from = text_of(each, "from");
        const std::string to = text_of(each, "to");
        all.push_back(from + '>' + to);
        if (from == port_ || to == port_)
            edges.push_back(all.back());
    }
    if (edges.empty())
        return problem(port_, "", "has no edge in " + graph,
                       all.empty() ? "an edge was expected"
                                   : "a port of " + listed(all) + " was expected");
    return edges;
}

int tap_command::show(const std::string& graph, const std::vector<std::string>& edges)
{
    const auto host = reach(to_);
    if (!host)
        return complain(host.error());
    auto client = http::websocket_client::open(
        host->host, "/api/live?graph=" + http::percent_encoded(graph), patience, host->who);
    if (!client)
        return complain({to_.url, "", client.error().why(), "a host that runs was expected"});
    for (const std::string& each : edges)
        if (!client->send(write_json(json::object{
                {"type", "tap"}, {"edge", each}, {"rate", rate_}, {"max_bytes", max_bytes_}})))
            break;
    while (const auto text = client->receive())
    {
        const json::value message = parse_json(*text);
        if (text_of(message, "type") == "problem")
            return complain({port_, "", text_of(message, "detail"), ""});
        if (!print(message.as_object()))
            return std::cout ? fine : failure;
    }
    return complain({to_.url, "", "the host has ended the connection", ""});
}

// Prints packets, and on the error stream how many were left out; false once there were enough.
bool tap_command::print(const json::object& message)
{
    const std::string type = text_of(message, "type");
    if (type == "tap_dropped")
        std::cerr << "penstock: " << text_of(message, "edge") << ": "
                  << grouped(message.at("n").to_number<std::uint64_t>())
                  << " packets were not shown\n";
    if (type != "packet")
        return true;
    if (json_)
        std::cout << write_json(message) << std::endl;
    else
        std::cout << text_of(message, "ts") << "  " << text_of(message, "edge") << "  "
                  << printable(text_of(message, "packet"))
                  << (message.contains("truncated") ? "  (cut)" : "") << std::endl;
    return std::cout && (count_ == 0 || ++shown_ < count_);
}

} // namespace penstock::host::cli
