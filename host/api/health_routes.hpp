// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/access/authenticator.hpp"
#include "host/api/router.hpp"
#include "host/engine/engine.hpp"

#include <penstock/json.hpp>

#include <functional>

namespace penstock::host::api
{

/// What is wrong with a host, apart from its graphs: objects with `cause` and `detail`.
struct host_causes
{
    json::array closing; ///< it takes in nothing
    json::array delays;  ///< it takes in data
};

/// Adds `/livez`, whether the host lives, `/readyz`, whether its graphs take data (why they do not
/// is only for those who may read), and `OPTIONS` of `/` and `*`, by which proxies ask for a sign
/// of life. What is referred to outlives the table; `of_host` is called on the server's threads and
/// must not block.
void add_health_routes(router& table, const engine& graphs, authenticator* authentication = nullptr,
                       std::function<host_causes()> of_host = {});

} // namespace penstock::host::api
