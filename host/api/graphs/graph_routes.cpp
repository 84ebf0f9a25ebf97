// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/graphs/graph_routes.hpp"

#include "host/api/entity_tag.hpp"
#include "host/api/graphs/graph_causes.hpp"
#include "host/api/graphs/graph_file.hpp"
#include "host/store/revision.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

namespace penstock::host::api
{

namespace
{

http::response no_graph(std::string_view name)
{
    return http::response::problem(404, {}, "there is no graph \"" + std::string(name) + "\"");
}

http::response still_pending(std::string_view name, std::size_t left, std::string_view why)
{
    return http::response::problem(409, {},
                                   "graph \"" + std::string(name) + "\" is stopped, and " +
                                       std::to_string(left) + " requests of it are " +
                                       std::string(why));
}

constexpr std::string_view not_processed =
    "pending; a deployment, which processes them, or ?discard=true, which drops them, was expected";
constexpr std::string_view held =
    "in a node that does not return from blocking work; a deletion after its return was expected";

json::value revision_of(const std::optional<graph_spec>& graph)
{
    return graph ? json::value(revision(write_graph(*graph))) : json::value(nullptr);
}

json::object summary(const kept_graph& kept)
{
    return {{"name", kept.spec.name},
            {"title", kept.spec.title},
            {"state", name_of(kept.running->state())},
            {"revision", revision_of(kept.spec)},
            {"deployed_revision", revision_of(kept.deployed)}};
}

json::object pending_json(const kept_graph& kept)
{
    const quota& pending = kept.running->pending();
    return {{"entries", pending.entries()}, {"bytes", pending.bytes()}};
}

std::string tag_of(const std::optional<kept_graph>& kept)
{
    return kept ? entity_tag(write_graph(kept->spec)) : std::string();
}

} // namespace

graph_routes::graph_routes(engine& graphs, const graph_folders& kept, const api_limits& bounds,
                           const graph_pools& pools)
    : graphs_(graphs), kept_(kept), bounds_(bounds), pools_(pools)
{
}

void graph_routes::add_to(router& table)
{
    add_files(table);
    add_actions(table);
    add_views(table);
}

void graph_routes::add_files(router& table)
{
    const auto screen = screen_graph(bounds_);
    table.add(
        {.method = "GET",
         .path = "/api/graphs",
         .needs = scope::read,
         .summary = "Lists the graphs with their states and revisions.",
         .answers = {{200, "the list"}},
         .act = at_once([this](const http::request&, const path_arguments&) { return list(); })});
    table.add({.method = "GET",
               .path = "/api/graphs/{name}",
               .needs = scope::read,
               .summary = "Returns exactly the graph file; its ETag is the revision.",
               .answers = {{200, "the file"}, {304, "unchanged"}, {404, "no such graph"}},
               .act = at_once([this](const http::request& asked, const path_arguments& path)
                              { return show(asked, path["name"]); })});
    table.add({.method = "PUT",
               .path = "/api/graphs/{name}",
               .needs = scope::deploy,
               .summary = "Keeps a graph file without running it.",
               .answers = {{200, "replaced"},
                           {201, "made"},
                           {412, "the graph has another revision than If-Match asks for"},
                           {413, "too long"},
                           {422, "no graph file: the list of problems"}},
               .body = "application/json",
               .screen = screen,
               .act = in_background(pools_.quick,
                                    [this](const http::request& sent, const path_arguments& path)
                                    { return keep(sent, path["name"]); })});
    table.add({.method = "DELETE",
               .path = "/api/graphs/{name}",
               .needs = scope::deploy,
               .summary = "Stops a graph and forgets its file.",
               .query = {{"discard", "true: its pending requests are dropped"}},
               .answers = {{204, "gone"},
                           {404, "no such graph"},
                           {409, "requests of the graph are pending; it is stopped"},
                           {412, "another revision"},
                           {503, "not all could be removed; what was asked can be repeated"}},
               .act = in_background(pools_.slow,
                                    [this](const http::request& asked, const path_arguments& path)
                                    { return forget(asked, path["name"]); })});
}

void graph_routes::add_actions(router& table)
{
    const auto screen = screen_graph(bounds_);
    table.add({.method = "POST",
               .path = "/api/graphs/{name}/validate",
               .needs = scope::read,
               .summary = "Finds everything wrong with the file sent, or with the kept one.",
               .answers = {{200, "the list of problems, empty when it would run"},
                           {404, "no such graph"},
                           {413, "too long"}},
               .body = "application/json",
               .screen = screen,
               .act = in_background(pools_.checking,
                                    [this](const http::request& sent, const path_arguments& path)
                                    { return validate(sent, path["name"]); })});
    table.add({.method = "POST",
               .path = "/api/graphs/{name}/deploy",
               .needs = scope::deploy,
               .summary = "Runs the file sent, or the kept one, in place of what runs.",
               .answers = {{200, "it runs"},
                           {404, "no such graph"},
                           {412, "another revision"},
                           {413, "too long"},
                           {422, "refused: the list of problems; what ran runs on"}},
               .body = "application/json",
               .screen = screen,
               .act = in_background(pools_.slow,
                                    [this](const http::request& sent, const path_arguments& path)
                                    { return deploy(sent, path["name"]); })});
    table.add(
        {.method = "POST",
         .path = "/api/graphs/{name}/stop",
         .needs = scope::deploy,
         .summary = "Takes in nothing more and works off what is pending.",
         .answers = {{200, "stopped; tells how many entries are left"}, {404, "no such graph"}},
         .act = in_background(pools_.slow, [this](const http::request&, const path_arguments& path)
                              { return stop(path["name"]); })});
}

void graph_routes::add_views(router& table)
{
    table.add(
        {.method = "GET",
         .path = "/api/graphs/{name}/state",
         .needs = scope::read,
         .summary = "Tells what a graph does now, and what is wrong with it.",
         .answers = {{200, "the state"}, {404, "no such graph"}},
         .act = in_background(pools_.quick, [this](const http::request&, const path_arguments& path)
                              { return state(path["name"]); })});
    table.add({.method = "GET",
               .path = "/api/graphs/{name}/stats",
               .needs = scope::read,
               .summary = "Counts what nodes, edges and lanes have done.",
               .answers = {{200, "the counters"}, {404, "no such graph"}},
               .act = at_once([this](const http::request&, const path_arguments& path)
                              { return stats(path["name"]); })});
}

http::response graph_routes::list() const
{
    json::array all;
    for (const kept_graph& each : graphs_.all())
    {
        json::object told = summary(each);
        told["pending"] = pending_json(each);
        all.emplace_back(std::move(told));
    }
    return http::response::json(200, write_json(all));
}

http::response graph_routes::show(const http::request& asked, std::string_view name) const
{
    const auto kept = graphs_.find(name);
    return kept ? tagged(asked, write_graph(kept->spec)) : no_graph(name);
}

http::response graph_routes::keep(const http::request& sent, std::string_view name)
{
    const auto [read, refused] = read_graph(sent, name, bounds_);
    if (refused)
        return *refused;
    if (!read.problems.empty())
        return refuse_graph("this is no graph file", read.problems);
    std::lock_guard lock(editing_);
    const auto before = graphs_.find(name);
    if (auto objected = objection(sent, tag_of(before)))
        return *std::move(objected);
    if (const auto failed = save(before ? std::optional(before->spec) : std::nullopt, read.graph))
        return failed_to_store(*failed);
    graphs_.keep(read.graph);
    std::string text = write_graph(read.graph);
    const std::string tag = entity_tag(text);
    http::response made = http::response::json(before ? 200 : 201, std::move(text));
    made.headers.add("ETag", tag);
    if (!before)
        made.headers.add("Location", "/api/graphs/" + read.graph.name);
    return made;
}

// The revisions first: if the disk is full, nothing has changed. What there was is among them, even
// if it came from a file that somebody wrote.
std::optional<problem> graph_routes::save(const std::optional<graph_spec>& before,
                                          const graph_spec& now)
{
    const auto time = std::chrono::system_clock::now();
    for (const graph_spec* each : {before ? &*before : nullptr, &now})
        if (each != nullptr)
            if (auto failed =
                    kept_.revisions.add(now.name, write_graph(*each), time, bounds_.revisions))
                return failed;
    return kept_.graphs.save(now);
}

// Nothing is removed before all that may refuse has agreed: what fails leaves a graph that is
// stopped, and is known by its name, so that the same can be asked again.
http::response graph_routes::forget(const http::request& asked, std::string_view name)
{
    const auto changing = graphs_.change(name);
    const auto kept = graphs_.find(name);
    if (!kept)
        return no_graph(name);
    if (auto objected = objection(asked, tag_of(kept)))
        return *std::move(objected);
    const bool discards = asked.parameter("discard") == "true";
    const std::size_t pending = graphs_.stop(name).value_or(0);
    warn(name, kept_.note_stopped(kept->deployed.value_or(kept->spec)));
    if (pending != 0 && !discards)
        return still_pending(name, pending, not_processed);
    const std::lock_guard lock(editing_);
    if (auto objected = objection(asked, tag_of(graphs_.find(name)))) // edited meanwhile
        return *std::move(objected);
    if (discards)
        if (const std::size_t left = graphs_.discard(name).value_or(0); left != 0)
            return still_pending(name, left, held);
    if (const auto failed = kept_.remove(name))
        return failed_to_store(*failed);
    if (const std::size_t left = graphs_.forget(name).value_or(0); left != 0)
        return still_pending(name, left, not_processed);
    return {.status = 204, .headers = {}, .body = {}};
}

http::response graph_routes::validate(const http::request& sent, std::string_view name) const
{
    const auto kept = graphs_.find(name);
    if (!kept && sent.body.empty())
        return no_graph(name);
    auto [read, refused] = read_graph_or(kept, sent, name, bounds_);
    if (refused)
        return *std::move(refused);
    if (read.problems.empty())
        read.problems = graphs_.check(read.graph);
    return http::response::json(
        200, write_json(json::object{{"problems", problems_json(read.problems)},
                                     {"warnings", problems_json(graphs_.warn(read.graph))}}));
}

http::response graph_routes::deploy(const http::request& sent, std::string_view name)
{
    const auto changing = graphs_.change(name);
    const auto kept = graphs_.find(name);
    if (!kept && sent.body.empty())
        return no_graph(name);
    if (auto objected = objection(sent, tag_of(kept)))
        return *std::move(objected);
    auto [read, refused] = read_graph_or(kept, sent, name, bounds_);
    if (refused)
        return *std::move(refused);
    if (read.problems.empty())
        read.problems = graphs_.deploy(read.graph);
    if (!read.problems.empty())
        return refuse_graph("the graph cannot run; what ran before runs on", read.problems);
    warn(name, kept_.note_deployed(read.graph));
    if (!sent.body.empty())
    {
        std::lock_guard lock(editing_);
        if (const auto failed = save(kept ? std::optional(kept->spec) : std::nullopt, read.graph))
            return failed_to_store(*failed);
    }
    const auto now = graphs_.find(name);
    return now ? http::response::json(200, write_json(summary(*now))) : no_graph(name);
}

http::response graph_routes::stop(std::string_view name)
{
    const auto changing = graphs_.change(name);
    const auto left = graphs_.stop(name);
    const auto kept = graphs_.find(name);
    if (!left || !kept)
        return no_graph(name);
    warn(name, kept_.note_stopped(kept->deployed.value_or(kept->spec)));
    json::object body = summary(*kept);
    body["pending"] = *left;
    return http::response::json(200, write_json(body));
}

void graph_routes::warn(std::string_view graph, const std::optional<problem>& failed) const
{
    if (failed && graphs_.options().log)
        graphs_.options().log(severity::warning, graph, {}, to_string(*failed));
}

http::response graph_routes::state(std::string_view name) const
{
    const auto kept = graphs_.find(name);
    if (!kept)
        return left(name);
    json::object body = summary(*kept);
    const quota& pending = kept->running->pending();
    body["pending"] = pending_json(*kept);
    body["limits"] = {{"entries", pending.limits().entries}, {"bytes", pending.limits().bytes}};
    json::array causes = graph_causes(*kept->running);
    for (json::value& each : delay_causes(*kept->running))
        causes.push_back(std::move(each));
    body["causes"] = std::move(causes);
    const std::optional<std::string> draft = kept_.drafts.read(name);
    body["draft"] = draft ? json::value(revision(*draft)) : json::value(nullptr);
    return http::response::json(200, write_json(body));
}

// There may be no such graph but requests for it, of an earlier run.
http::response graph_routes::left(std::string_view name) const
{
    for (const pending_of_graph& each : graphs_.left())
        if (each.graph == name)
            return http::response::json(200, write_json(left_state(each)));
    return no_graph(name);
}

http::response graph_routes::stats(std::string_view name) const
{
    const auto running = graphs_.running(name);
    return running != nullptr ? http::response::json(200, write_json(running->stats()))
                              : no_graph(name);
}

} // namespace penstock::host::api
