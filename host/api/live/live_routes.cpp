// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/live/live_routes.hpp"

#include "host/api/access/credentials.hpp"

#include <memory>
#include <string>

namespace penstock::host::api
{

namespace
{

http::response open(const http::request& asked, const live_surroundings& around,
                    const api_limits& bounds)
{
    const auto named = asked.parameter("graph");
    if (!named)
        return http::response::problem(400, {}, "graph: missing; the name of a graph was expected");
    if (around.graphs.running(*named) == nullptr)
        return http::response::problem(404, {}, "there is no graph " + quote(*named));
    return http::upgrade_to_websocket(
        asked,
        std::make_shared<live_conversation>(around, bounds, std::string(*named),
                                            hash_of(bearer_of(asked))),
        live_protocol);
}

} // namespace

void add_live_routes(router& table, const live_surroundings& around, const api_limits& bounds)
{
    table.add({.method = "GET",
               .path = "/api/live",
               .needs = scope::read,
               .summary = "Opens a WebSocket that tells how a graph fares, and shows packets.",
               .query = {{"graph", "its name"}},
               .answers = {{101, "messages follow; see docs/live.md"},
                           {404, "no such graph"},
                           {426, "a WebSocket was expected"}},
               .act = at_once([around, bounds](const http::request& asked, const path_arguments&)
                              { return open(asked, around, bounds); })});
}

} // namespace penstock::host::api
