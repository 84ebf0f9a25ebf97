// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/graphs/graph_file.hpp"

#include "host/net/content/content_coding.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace penstock::host::api
{

namespace
{

http::response too_long_graph(const api_limits& bounds)
{
    return http::response::problem(413, {},
                                   "graph: over its limit; expected at most " +
                                       std::to_string(bounds.graph) + " bytes");
}

} // namespace

sent_graph read_graph(const http::request& sent, std::string_view name, const api_limits& bounds)
{
    http::limits of_graphs = bounds;
    of_graphs.decompressed = std::min(bounds.decompressed, bounds.graph);
    const auto text =
        http::decode_content(sent.headers.value("Content-Encoding"), sent.body, of_graphs);
    if (!text)
        return {.file = {},
                .refused = http::response::problem(text.error().status(), {}, text.error().why())};
    if (text->size() > bounds.graph)
        return {.file = {}, .refused = too_long_graph(bounds)};
    parsed_graph read =
        parse_graph(*text, syntax_of_media_type(sent.headers.value("Content-Type")));
    if (read.problems.empty() && read.graph.name != name)
        read.problems.emplace_back("", "/name", "not the name in the address",
                                   quote(name) + " was expected");
    return {.file = std::move(read)};
}

sent_graph read_graph_or(const std::optional<kept_graph>& kept, const http::request& sent,
                         std::string_view name, const api_limits& bounds)
{
    if (!sent.body.empty() || !kept)
        return read_graph(sent, name, bounds);
    sent_graph found;
    found.file.graph = kept->spec;
    return found;
}

std::function<std::optional<http::response>(const http::request&, const path_arguments&)>
screen_graph(const api_limits& bounds)
{
    return
        [bounds](const http::request& head, const path_arguments&) -> std::optional<http::response>
    {
        if (head.content_length.value_or(0) <= bounds.graph)
            return std::nullopt;
        return too_long_graph(bounds);
    };
}

json::array problems_json(const std::vector<problem>& problems)
{
    json::array list;
    for (const problem& each : problems)
        list.emplace_back(json::object{
            {"pointer", each.pointer}, {"message", each.message}, {"expected", each.expected}});
    return list;
}

http::response refuse_graph(std::string_view what, const std::vector<problem>& problems)
{
    http::response made = http::response::problem(422, {}, what);
    json::object body = parse_json(made.body).as_object();
    body["problems"] = problems_json(problems);
    made.body = write_json(body);
    return made;
}

http::response failed_to_store(const problem& why)
{
    return http::response::unavailable(to_string(why), 10);
}

} // namespace penstock::host::api
