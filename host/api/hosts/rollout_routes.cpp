// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/hosts/rollout_routes.hpp"

#include "host/api/access/credentials.hpp"
#include "host/api/entity_tag.hpp"
#include "host/api/graphs/graph_file.hpp"

#include <penstock/json.hpp>

#include <string>

namespace penstock::host::api
{

namespace
{

http::response told(const rollout_record& what, unsigned status)
{
    return http::response::json(status, write_json(what.told()));
}

http::response refused(const rollouts& all, std::string_view name)
{
    const auto other = all.find(name);
    if (other == nullptr || other->has_ended())
        return http::response::unavailable("too many deployments to all hosts wait already", 5);
    return http::response::problem(409, {},
                                   "graph \"" + std::string(name) +
                                       "\" is being deployed or stopped on all hosts already; "
                                       "the end of that was expected");
}

http::response begun(const std::shared_ptr<const rollout_record>& what, const rollouts& all,
                     std::string_view name)
{
    if (what == nullptr)
        return refused(all, name);
    http::response answer = told(*what, 202);
    answer.headers.add("Location", "/api/graphs/" + http::percent_encoded(name) + "/rollout");
    return answer;
}

http::response deploy(const http::request& sent, std::string_view name, engine& graphs,
                      rollouts& all, const api_limits& bounds)
{
    const auto kept = graphs.find(name);
    if (!kept && sent.body.empty())
        return http::response::problem(404, {}, "there is no graph \"" + std::string(name) + "\"");
    const std::string tag = kept ? entity_tag(write_graph(kept->spec)) : std::string();
    if (auto objected = objection(sent, tag))
        return *std::move(objected);
    auto [read, refused] = read_graph_or(kept, sent, name, bounds);
    if (refused)
        return *std::move(refused);
    if (!read.problems.empty())
        return refuse_graph("this is no graph file", read.problems);
    const bool has_condition = sent.headers.find("If-Match").has_value();
    return begun(all.deploy({std::string(name), write_graph(read.graph)},
                            has_condition ? tag : std::string(), {bearer_of(sent), sent.peer}),
                 all, name);
}

http::response none(std::string_view name)
{
    return http::response::problem(
        404, {}, "no deployment of graph \"" + std::string(name) + "\" to all hosts is known here");
}

} // namespace

void add_rollout_routes(router& table, engine& graphs, rollouts& all, const api_limits& bounds,
                        background_pool& quick)
{
    constexpr const char* path = "/api/graphs/{name}/rollout";
    table.add(
        {.method = "POST",
         .path = path,
         .needs = scope::deploy,
         .summary = "Begins to run the file sent, or the kept one, on all hosts side by side, "
                    "one after the other: on all or on none.",
         .answers = {{202, "begun; GET tells how it goes on"},
                     {404, "no such graph"},
                     {409, "the graph is being deployed or stopped on all hosts already"},
                     {412, "another revision"},
                     {413, "too long"},
                     {422, "no graph file: the list of problems"}},
         .body = "application/json",
         .screen = screen_graph(bounds),
         .act = in_background(quick,
                              [&, bounds](const http::request& sent, const path_arguments& names)
                              { return deploy(sent, names["name"], graphs, all, bounds); })});
    table.add({.method = "GET",
               .path = path,
               .needs = scope::read,
               .summary = "Tells what is done, and was done last, with each host for a graph.",
               .answers = {{200, "the hosts, and what became of all once it has ended"},
                           {404, "nothing was deployed to all hosts from here"}},
               .act = at_once(
                   [&all](const http::request&, const path_arguments& names)
                   {
                       const auto found = all.find(names["name"]);
                       return found != nullptr ? told(*found, 200) : none(names["name"]);
                   })});
    table.add({.method = "DELETE",
               .path = path,
               .needs = scope::deploy,
               .summary = "Has a deployment to all hosts go back after the step that it is at.",
               .answers = {{202, "it goes back, unless it has ended"},
                           {404, "nothing was deployed to all hosts from here"}},
               .act = at_once(
                   [&all](const http::request&, const path_arguments& names)
                   {
                       const auto found = all.find(names["name"]);
                       if (found == nullptr)
                           return none(names["name"]);
                       found->interrupt();
                       return told(*found, 202);
                   })});
    table.add({.method = "POST",
               .path = "/api/graphs/{name}/rollout/stop",
               .needs = scope::deploy,
               .summary = "Begins to stop a graph on all hosts side by side, one after the other.",
               .answers = {{202, "begun; GET of the rollout tells how it goes on"},
                           {409, "the graph is being deployed or stopped on all hosts already"}},
               .act = at_once(
                   [&all](const http::request& sent, const path_arguments& names)
                   {
                       const std::string name(names["name"]);
                       return begun(all.stop(name, {bearer_of(sent), sent.peer}), all, name);
                   })});
}

} // namespace penstock::host::api
