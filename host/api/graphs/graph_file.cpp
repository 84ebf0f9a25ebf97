// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/graphs/graph_file.hpp"

#include "host/net/content/content_coding.hpp"

#include <algorithm>

namespace penstock::host::api
{

parsed_graph read_graph(const http::request& sent, std::string_view name, const api_limits& bounds)
{
    parsed_graph read;
    http::limits of_graphs = bounds;
    of_graphs.decompressed = std::min(bounds.decompressed, bounds.graph);
    const auto text =
        http::decode_content(sent.headers.value("Content-Encoding"), sent.body, of_graphs);
    if (text && text->size() > bounds.graph)
    {
        read.problems.emplace_back("", "", "has " + std::to_string(text->size()) + " bytes",
                                   "at most " + std::to_string(bounds.graph) + " were expected");
        return read;
    }
    if (!text)
    {
        read.problems.emplace_back("", "", text.error().why(), "a graph file was expected");
        return read;
    }
    read = parse_graph(*text);
    if (read.problems.empty() && read.graph.name != name)
        read.problems.emplace_back("", "/name", "not the name in the address",
                                   quote(name) + " was expected");
    return read;
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
