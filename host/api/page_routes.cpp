// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/page_routes.hpp"

#include "host/api/entity_tag.hpp"
#include "host/api/openapi.hpp"

#include <penstock/json.hpp>

namespace penstock::host::api
{

void add_page_routes(router& table, const std::string& version)
{
    table.add({.method = "GET",
               .path = "/openapi.json",
               .needs = access::open(),
               .summary = "Describes all routes.",
               .answers = {{200, "an OpenAPI document"}},
               .act = at_once([&table, version](const http::request& asked, const path_arguments&)
                              { return tagged(asked, write_json(openapi(table, version))); })});
}

} // namespace penstock::host::api
