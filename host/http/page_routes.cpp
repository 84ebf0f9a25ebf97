// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/http/page_routes.hpp"

#include "host/http/entity_tag.hpp"
#include "host/http/openapi.hpp"

#include <penstock/json.hpp>

namespace penstock::host::http
{

namespace
{

constexpr std::string_view page = R"(<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Penstock</title></head>
<body>
<h1>Penstock</h1>
<p>The host is running. The editor will be served here.</p>
<ul>
<li><a href="/api/graphs">Graphs</a></li>
<li><a href="/api/components">Components</a></li>
<li><a href="/api/dead-letters">Dead letters</a></li>
<li><a href="/readyz">Readiness</a></li>
<li><a href="/metrics">Metrics</a></li>
<li><a href="/openapi.json">Description of all routes</a></li>
</ul>
</body>
</html>
)";

response show_page()
{
    response made{.status = 200, .headers = {}, .body = std::string(page)};
    made.headers.add("Content-Type", "text/html; charset=utf-8");
    made.headers.add("Content-Security-Policy", "default-src 'none'; base-uri 'none'; "
                                                "form-action 'none'; frame-ancestors 'none'");
    made.headers.add("X-Content-Type-Options", "nosniff");
    made.headers.add("Referrer-Policy", "no-referrer");
    return made;
}

} // namespace

void add_page_routes(router& table, const std::string& version)
{
    table.add({.method = "GET",
               .path = "/",
               .summary = "Shows a page for people.",
               .answers = {{200, "the page"}},
               .act = at_once([](const request&, const path_arguments&) { return show_page(); })});
    table.add({.method = "GET",
               .path = "/openapi.json",
               .summary = "Describes all routes.",
               .answers = {{200, "an OpenAPI document"}},
               .act = at_once([&table, version](const request& asked, const path_arguments&)
                              { return tagged(asked, write_json(openapi(table, version))); })});
}

} // namespace penstock::host::http
