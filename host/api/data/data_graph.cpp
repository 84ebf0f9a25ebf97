// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/data_graph.hpp"

#include "host/api/data/admission_refusal.hpp"

namespace penstock::host::api
{

std::optional<http::response> find_graph(engine& graphs, std::string_view name,
                                         const std::string& usual, const http::request& asked,
                                         data_graph& found)
{
    const bool is_named = !name.empty();
    if (!is_named)
        name = usual;
    found.graph = name.empty() ? graphs.first() : graphs.running(name);
    if (found.graph == nullptr && is_named)
        return http::response::problem(404, {}, "there is no graph \"" + std::string(name) + "\"",
                                       asked.target);
    if (found.graph == nullptr)
        return http::response::unavailable("there is no graph to take data", 10);
    found.version = found.graph->current_plan();
    if (found.version == nullptr)
        return refuse(admission::closed, *found.graph);
    return std::nullopt;
}

} // namespace penstock::host::api
