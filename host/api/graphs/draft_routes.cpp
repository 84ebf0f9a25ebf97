// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/graphs/draft_routes.hpp"

#include "host/api/entity_tag.hpp"
#include "host/api/graphs/graph_file.hpp"
#include "host/graph/spec.hpp"
#include "host/net/content/content_coding.hpp"
#include "host/store/revision.hpp"

#include <penstock/json.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace penstock::host::api
{

namespace
{

http::response no_draft(std::string_view graph)
{
    return http::response::problem(404, {}, "there is no draft of a graph " + quote(graph));
}

http::response too_long(const api_limits& bounds)
{
    return http::response::problem(413, {},
                                   "draft: over its limit; expected at most " +
                                       std::to_string(bounds.draft) + " bytes");
}

std::string tag_of(const std::optional<std::string>& draft)
{
    return draft ? entity_tag(*draft) : std::string();
}

// The refusal of a text that is to be a draft.
std::optional<http::response> misfit(std::string_view text, const api_limits& bounds)
{
    if (text.size() > bounds.draft)
        return too_long(bounds);
    try
    {
        if (!parse_json(text, {.depth = bounds.json_depth, .members = bounds.json_members})
                 .is_object())
            return http::response::problem(422, {}, "draft: not a JSON object; one was expected");
    }
    catch (const json_error& wrong)
    {
        return http::response::problem(400, {}, std::string("draft: ") + wrong.what());
    }
    return std::nullopt;
}

http::response show(const http::request& asked, std::string_view graph, const draft_store& drafts)
{
    auto draft = drafts.read(graph);
    return draft ? tagged(asked, *std::move(draft)) : no_draft(graph);
}

http::response keep(const http::request& sent, std::string_view graph, const draft_store& drafts,
                    const api_limits& bounds, std::size_t most)
{
    const auto text =
        http::decode_content(sent.headers.value("Content-Encoding"), sent.body, bounds);
    if (!text)
        return http::response::problem(text.error().status(), {}, text.error().why());
    if (auto wrong = misfit(*text, bounds))
        return *std::move(wrong);
    const auto before = drafts.read(graph);
    if (auto objected = objection(sent, tag_of(before)))
        return *std::move(objected);
    if (!before && drafts.count() >= most)
        return http::response::problem(409, {},
                                       "there are " + std::to_string(most) +
                                           " drafts already; one of them must go first");
    if (const auto failed = drafts.save(graph, *text))
        return failed_to_store(*failed);
    http::response made = http::response::json(
        before ? 200 : 201, write_json(json::object{{"revision", revision(*text)}}));
    made.headers.add("ETag", entity_tag(*text));
    return made;
}

http::response forget(const http::request& asked, std::string_view graph, const draft_store& drafts)
{
    const auto before = drafts.read(graph);
    if (!before)
        return no_draft(graph);
    if (auto objected = objection(asked, tag_of(before)))
        return *std::move(objected);
    if (const auto failed = drafts.remove(graph))
        return failed_to_store(*failed);
    return {.status = 204, .headers = {}, .body = {}};
}

} // namespace

void add_draft_routes(router& table, const draft_store& drafts, const api_limits& bounds,
                      std::size_t most, background_pool& quick)
{
    const auto screen = [bounds](const http::request& head,
                                 const path_arguments& path) -> std::optional<http::response>
    {
        if (!is_graph_name(path["name"]))
            return no_draft(path["name"]);
        if (head.content_length.value_or(0) > bounds.draft)
            return too_long(bounds);
        return std::nullopt;
    };
    const std::string path = "/api/graphs/{name}/draft";
    table.add(
        {.method = "GET",
         .path = path,
         .needs = scope::read,
         .summary = "Returns what somebody works on, as it was sent; its ETag is its revision.",
         .answers = {{200, "the draft"}, {304, "unchanged"}, {404, "no such draft"}},
         .screen = screen,
         .act = in_background(quick, [&](const http::request& asked, const path_arguments& names)
                              { return show(asked, names["name"], drafts); })});
    table.add({.method = "PUT",
               .path = path,
               .needs = scope::deploy,
               .summary = "Keeps a draft: a JSON object, which need not be a graph.",
               .answers = {{200, "replaced; its revision"},
                           {201, "made; its revision"},
                           {409, "there are too many drafts"},
                           {412, "the draft has another revision than If-Match asks for"},
                           {413, "too long"},
                           {422, "not a JSON object"}},
               .body = "application/json",
               .screen = screen,
               .act = in_background(quick, [&drafts, bounds, most](const http::request& sent,
                                                                   const path_arguments& names)
                                    { return keep(sent, names["name"], drafts, bounds, most); })});
    table.add(
        {.method = "DELETE",
         .path = path,
         .needs = scope::deploy,
         .summary = "Forgets a draft.",
         .answers = {{204, "gone"}, {404, "no such draft"}, {412, "another revision"}},
         .screen = screen,
         .act = in_background(quick, [&](const http::request& asked, const path_arguments& names)
                              { return forget(asked, names["name"], drafts); })});
}

} // namespace penstock::host::api
