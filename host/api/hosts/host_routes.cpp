// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/hosts/host_routes.hpp"

#include "host/api/access/credentials.hpp"
#include "host/rollout/graph_answer.hpp"

#include <penstock/json.hpp>

#include <algorithm>
#include <atomic>
#include <exception>
#include <string>
#include <thread>
#include <vector>

namespace penstock::host::api
{

namespace
{

constexpr std::size_t most_at_once = 32;

// The graphs of an answer; those of another name are left out, unless that is empty.
json::array graphs_in(const http::response& answer, std::string_view name)
{
    json::array found;
    const json::value body = parse_json(answer.body);
    for (const json::value& each : body.as_array())
        if (name.empty() || each.at("name").as_string() == name)
            found.push_back(each);
    return found;
}

json::object look_at(const host_list& hosts, const listed_host& which, const caller& who,
                     std::string_view graph, std::chrono::steady_clock::time_point deadline)
{
    json::object said{{"number", which.number},
                      {"address", which.address},
                      {"own", !which.at.has_value()},
                      {"problem", nullptr},
                      {"graphs", json::array()}};
    try
    {
        const auto link = hosts.reach(which, who);
        link->end_by(deadline);
        const auto answer = link->send("GET", "/api/graphs", {}, {});
        if (!answer)
            said["problem"] = "does not answer: " + answer.error().message();
        else if (!rollout::is_success(*answer))
            said["problem"] = "answers " + rollout::problems_in(*answer, {}).front().message;
        else
            said["graphs"] = graphs_in(*answer, graph);
    }
    catch (const std::exception& error) // of a file with authorities, or of no host of ours
    {
        said["problem"] = std::string("cannot be asked: ") + error.what();
    }
    return said;
}

json::array look(const host_list& hosts, const caller& who, std::string_view graph)
{
    if (!hosts.has_others())
        return {};
    const auto deadline = std::chrono::steady_clock::now() + hosts.wait();
    std::vector<json::object> said(hosts.all().size());
    std::atomic<std::size_t> next = 0;
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < std::min(said.size(), most_at_once); ++i)
            threads.emplace_back(
                [&]
                {
                    for (std::size_t at = next++; at < said.size(); at = next++)
                        said[at] = look_at(hosts, hosts.all()[at], who, graph, deadline);
                });
    }
    json::array all;
    for (json::object& each : said)
        all.emplace_back(std::move(each));
    return all;
}

json::value last_of(const rollouts& all, std::string_view graph)
{
    const auto found = all.find(graph);
    return found == nullptr ? json::value() : found->told();
}

} // namespace

void add_host_routes(router& table, const host_list& hosts, const rollouts& all,
                     background_pool& asking)
{
    table.add(
        {.method = "GET",
         .path = "/api/hosts",
         .needs = scope::read,
         .summary = "Tells how the hosts side by side fare: their graphs, versions and what is "
                    "pending.",
         .query = {{"graph", "only this graph, and what was deployed or stopped last on all "
                             "hosts from here"}},
         .answers = {{200, "the hosts; none if this one has no peers"}},
         .act = in_background(asking,
                              [&](const http::request& asked, const path_arguments&)
                              {
                                  const auto graph =
                                      asked.parameter("graph").value_or(std::string_view{});
                                  const caller who{bearer_of(asked), asked.peer};
                                  return http::response::json(
                                      200,
                                      write_json(json::object{{"hosts", look(hosts, who, graph)},
                                                              {"rollout", last_of(all, graph)}}));
                              })});
}

} // namespace penstock::host::api
