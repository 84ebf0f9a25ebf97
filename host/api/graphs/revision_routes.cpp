// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/graphs/revision_routes.hpp"

#include "host/api/entity_tag.hpp"
#include "host/base/timestamp.hpp"
#include "host/graph/spec.hpp"

#include <penstock/json.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace penstock::host::api
{

namespace
{

http::response list(const http::request& asked, std::string_view graph,
                    const revision_store& revisions)
{
    const std::vector<kept_revision> kept = revisions.list(graph);
    if (kept.empty())
        return http::response::problem(404, {},
                                       "no revision of a graph " + quote(graph) + " is kept");
    json::array all;
    for (const kept_revision& each : kept)
        all.emplace_back(json::object{
            {"revision", each.revision}, {"time", timestamp_ms(each.time)}, {"bytes", each.bytes}});
    return tagged(asked, write_json(json::object{{"revisions", std::move(all)}}));
}

http::response show(const http::request& asked, std::string_view graph, std::string_view revision,
                    const revision_store& revisions)
{
    auto text = revisions.read(graph, revision);
    return text ? tagged(asked, *std::move(text))
                : http::response::problem(404, {},
                                          "no revision " + quote(revision) + " of a graph " +
                                              quote(graph) + " is kept");
}

} // namespace

void add_revision_routes(router& table, const revision_store& revisions, background_pool& quick)
{
    const auto screen = [](const http::request&,
                           const path_arguments& path) -> std::optional<http::response>
    {
        if (is_graph_name(path["name"]))
            return std::nullopt;
        return http::response::problem(404, {}, "there is no graph " + quote(path["name"]));
    };
    table.add(
        {.method = "GET",
         .path = "/api/graphs/{name}/revisions",
         .needs = scope::read,
         .summary = "Lists what a graph's file was, the newest first.",
         .answers = {{200, "the revisions that are kept"}, {404, "none is"}},
         .screen = screen,
         .act = in_background(quick, [&](const http::request& asked, const path_arguments& path)
                              { return list(asked, path["name"], revisions); })});
    table.add(
        {.method = "GET",
         .path = "/api/graphs/{name}/revisions/{revision}",
         .needs = scope::read,
         .summary = "Returns a graph file as it was.",
         .answers = {{200, "the file"}, {304, "unchanged"}, {404, "no such revision"}},
         .screen = screen,
         .act = in_background(quick, [&](const http::request& asked, const path_arguments& path)
                              { return show(asked, path["name"], path["revision"], revisions); })});
}

} // namespace penstock::host::api
