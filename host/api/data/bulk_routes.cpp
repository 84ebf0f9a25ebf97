// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/bulk_routes.hpp"

#include "host/api/data/admission_refusal.hpp"
#include "host/api/data/bulk_body.hpp"
#include "host/api/data/bulk_request.hpp"
#include "host/api/data/data_graph.hpp"
#include "host/api/data/intake.hpp"
#include "host/api/data/request_meta.hpp"
#include "host/lane/lane_ingress.hpp"
#include "host/net/content/content_coding.hpp"
#include "host/net/content/media_type.hpp"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

namespace penstock::host::api
{

namespace
{

// Up to here a body is worked on within a millisecond or two.
constexpr std::size_t short_bulk = 64 * http::limits::kib;

http::response refuse_bulk(const http::refusal& why)
{
    return http::response::problem(why.status(), {}, why.why());
}

// There may be room, but not for so many.
http::response refuse_full(const running_graph& graph, std::size_t count)
{
    if (const auto refused = refuse_early(graph))
        return *refused;
    const host::quota& pending = graph.pending();
    http::response made = http::response::problem(
        429, {},
        "graph \"" + graph.name() + "\" has " + std::to_string(pending.entries()) +
            " requests pending, of at most " + std::to_string(pending.limits().entries) +
            "; there is no room for " + std::to_string(count) + " more",
        graph.name());
    made.headers.add("Retry-After", "1");
    return made;
}

// Clients name JSON, lines of JSON, or either of a version: application/vnd.elasticsearch+x-ndjson.
std::optional<http::refusal> problem_of_type(const http::request& asked)
{
    const auto sent = asked.headers.find("Content-Type");
    const auto type = sent ? http::parse_media_type(*sent) : std::nullopt;
    if (type && type->type() == "application" &&
        (type->subtype() == "json" || type->subtype().ends_with("ndjson") ||
         type->subtype().ends_with("+json")))
        return std::nullopt;
    return http::refusal(415, "content-type: not of lines of JSON; application/x-ndjson or "
                              "application/json was expected");
}

bool takes_json(const plan& graph)
{
    return std::ranges::any_of(graph.nodes, [](const planned_node& each)
                               { return takes(each, "application/json"); });
}

bool takes_triggers(const plan& graph)
{
    return std::ranges::any_of(graph.nodes, &planned_node::takes_triggers);
}

} // namespace

bulk_routes::bulk_routes(engine& graphs, data_options options, background_pool& disk)
    : graphs_(graphs),
      options_(std::move(options)),
      take_slowly_(in_background(disk, [this](http::request& received, const path_arguments& path,
                                              const http::reply& answer)
                                 { take_in(received, path, answer); }))
{
}

void bulk_routes::add_to(router& table)
{
    const std::vector<answer_description> answers{
        {200, "what became of each item, those that are let in on disk"},
        {400, "a line that should be an action is none, or there is none"},
        {404, "no such graph"},
        {413, "the body, decompressed body or number of items is over its limit"},
        {415, "no media type of lines of JSON, or the graph takes no JSON"},
        {429, "the graph is full; nothing is let in"},
        {503, "the graph does not run, or nothing can be kept"}};
    for (const char* prefix : {"", "/graphs/{graph}"})
        for (const char* rest : {"/_bulk", "/{index}/_bulk"})
            for (const char* method : {"POST", "PUT"})
                table.add(
                    {.method = method,
                     .path = std::string(prefix) + rest,
                     .needs = scope::ingest,
                     .summary = "Lets documents into the graph, as Elasticsearch and "
                                "OpenSearch take them.",
                     .answers = answers,
                     .body = "application/x-ndjson",
                     .screen = [this](const http::request& head, const path_arguments& path)
                     { return screen(head, path); },
                     .act = [this](http::request& received, const path_arguments& path,
                                   const http::reply& answer) { take(received, path, answer); }});
}

// Finds the graph and reads the header; an answer refuses.
std::optional<http::response> bulk_routes::find(const http::request& asked,
                                                const path_arguments& path, data_graph& found) const
{
    if (auto refused = find_graph(graphs_, path["graph"], options_.default_graph, asked, found))
        return refused;
    if (!asked.has_body)
        return refuse_bulk(http::bad_request("the body is empty"));
    if (const auto wrong = problem_of_type(asked))
        return refuse_bulk(*wrong);
    if (!http::is_known_coding(asked.headers.value("Content-Encoding")))
        return refuse_bulk({415, "content-encoding: not a coding that this host knows; gzip, "
                                 "deflate or zstd was expected"});
    if (!takes_json(*found.version))
        return refuse_bulk({415, "no adapter of this graph accepts application/json"});
    return std::nullopt;
}

std::optional<http::response> bulk_routes::screen(const http::request& head,
                                                  const path_arguments& path) const
{
    data_graph found;
    if (auto refused = find(head, path, found))
        return refused;
    if (auto refused = refuse_early(*found.graph)) // looked at again with the body there
        return refused;
    if (head.content_length && *head.content_length > found.graph->pending().limits().bytes)
        return refuse(admission::too_large, *found.graph);
    return std::nullopt;
}

void bulk_routes::take(http::request& received, const path_arguments& path,
                       const http::reply& answer)
{
    if (received.body.size() > short_bulk || received.headers.find("Content-Encoding"))
        take_slowly_(received, path, answer);
    else
        take_in(received, path, answer);
}

void bulk_routes::take_in(http::request& received, const path_arguments& path,
                          const http::reply& answer)
{
    data_graph found;
    if (auto refused = find(received, path, found))
        return answer(*std::move(refused));
    if (const journal_trouble trouble = graphs_.journal().trouble(); !trouble.reason.empty())
        return answer(http::response::unavailable(trouble.reason, trouble.passes ? 1 : 10));
    if (auto refused = enter(received, path, found, answer))
        answer(*std::move(refused));
}

// Lets in what is right of a body, all at once or nothing; an answer refuses.
std::optional<http::response> bulk_routes::enter(http::request& received,
                                                 const path_arguments& path, const data_graph& to,
                                                 const http::reply& answer)
{
    const auto meta = read_meta(received, {}, {});
    if (!meta)
        return refuse_bulk(meta.error());
    auto unpacked = http::decode_content(received.headers.value("Content-Encoding"),
                                         std::move(received.body), options_.bounds);
    if (!unpacked)
        return refuse_bulk(unpacked.error());
    const bytes body(*std::move(unpacked));
    constexpr std::size_t own_meta = 128; // of an item, besides what all have
    const std::string index(path["index"].empty() ? std::string_view(to.graph->name())
                                                  : path["index"]);
    const std::size_t meta_of_each = size_of_meta(*meta) + index.size() + own_meta;
    const std::size_t most =
        std::min(options_.bounds.meta / meta_of_each, to.graph->pending().limits().entries);
    auto items = read_bulk(body.view(), index,
                           {.depth = options_.bounds.json_depth,
                            .members = options_.bounds.json_members,
                            .invalid = invalid_text::replace_surrogates},
                           most);
    if (!items)
        return refuse_bulk(items.error());
    if (!takes_triggers(*to.version))
        for (bulk_item& each : *items)
            if (each.deletes() && each.wrong.empty())
                each.wrong =
                    "no adapter of this graph takes triggers, by which documents are deleted";
    const auto request =
        std::make_shared<bulk_request>(*std::move(items), body, graphs_.journal(), answer);
    std::vector<std::unique_ptr<entry>> entries = request->make_entries(*meta, *to.version);
    if (entries.empty())
    {
        request->answer_refused();
        return std::nullopt;
    }
    const std::size_t count = entries.size();
    switch (const admission outcome = to.graph->submit_all(entries))
    {
    case admission::accepted: return std::nullopt;
    case admission::full: return refuse_full(*to.graph, count);
    default: return refuse(outcome, *to.graph);
    }
}

} // namespace penstock::host::api
