// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/admission_refusal.hpp"

#include "host/api/graphs/graph_causes.hpp"

#include <string>

namespace penstock::host::api
{

namespace
{

// The quota may have room for what memory has none for.
std::string cause_of_full(const running_graph& graph)
{
    if (is_full(graph) || graph.in_memory() < graph.pending().memory())
        return main_cause(graph);
    const json::array delays = delay_causes(graph);
    return "graph \"" + graph.name() + "\" has " + std::to_string(graph.in_memory()) +
           " bytes of requests in memory, as much as there may be" +
           (delays.empty() ? std::string()
                           : "; " + std::string(delays.front().at("detail").as_string()));
}

} // namespace

http::response refuse(admission outcome, const running_graph& graph)
{
    switch (outcome)
    {
    case admission::full: {
        http::response made = http::response::problem(429, {}, cause_of_full(graph), graph.name());
        made.headers.add("Retry-After", "1");
        return made;
    }
    case admission::too_large:
        return http::response::problem(413, {},
                                       "the entry can never fit; up to " +
                                           std::to_string(graph.pending().limits().bytes) +
                                           " bytes were expected",
                                       graph.name());
    default: return http::response::unavailable(main_cause(graph), 5);
    }
}

std::optional<http::response> refuse_early(const running_graph& graph)
{
    if (graph.dead_letter_room().is_full())
        return refuse(admission::closed, graph);
    return is_full(graph) ? std::optional(refuse(admission::full, graph)) : std::nullopt;
}

} // namespace penstock::host::api
