// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/health_routes.hpp"

#include "host/api/graphs/graph_causes.hpp"

#include <penstock/json.hpp>

#include <string>
#include <utility>

namespace penstock::host::api
{

namespace
{

http::response unready(const std::string& detail, json::array causes)
{
    http::response made = http::response::problem(503, {}, detail);
    json::object body = parse_json(made.body).as_object();
    body["causes"] = std::move(causes);
    made.body = write_json(body);
    made.headers.add("Retry-After", "5");
    return made;
}

// A graph that was kept and never deployed is a draft: nobody waits for it.
bool is_draft(const kept_graph& graph)
{
    return !graph.deployed && graph.running->state() == graph_state::stopped;
}

http::response readiness(const engine& graphs, host_causes of_host)
{
    json::array causes = std::move(of_host.closing);
    json::array delays = std::move(of_host.delays); // no reason not to be ready
    for (const pending_of_graph& each : graphs.left())
        delays.push_back(left_cause(each));
    bool any = false;
    for (const kept_graph& each : graphs.all())
    {
        if (is_draft(each))
            continue;
        any = true;
        for (json::value& cause : graph_causes(*each.running))
            causes.push_back(std::move(cause));
        for (json::value& cause : delay_causes(*each.running))
            delays.push_back(std::move(cause));
    }
    const journal_trouble trouble = graphs.journal().trouble();
    if (!trouble.reason.empty())
        causes.push_back({{"cause", "journal"}, {"detail", trouble.reason}});
    if (!any && causes.empty())
        return unready("no graph runs", std::move(delays));
    if (causes.empty() && delays.empty())
        return http::response::json(200, R"({"status":"ready"})");
    if (causes.empty())
        return http::response::json(
            200, write_json(json::object{{"status", "ready"}, {"causes", std::move(delays)}}));
    for (json::value& each : delays)
        causes.push_back(std::move(each));
    std::string detail;
    for (const json::value& each : causes)
    {
        detail += detail.empty() ? "" : "; ";
        detail += std::string_view(each.at("detail").as_string());
    }
    return unready(detail, std::move(causes));
}

// RFC 9110, 9.3.7: of `*`, what the server takes at all.
http::response options(const http::request& asked)
{
    http::response made;
    made.status = 204;
    made.headers.add("Allow", asked.target == "*" ? "GET, HEAD, POST, PUT, DELETE, OPTIONS"
                                                  : "GET, HEAD, OPTIONS");
    return made;
}

http::response without_details(const http::response& whole)
{
    if (whole.status == 200)
        return http::response::json(200, R"({"status":"ready"})");
    return unready("not ready; who names this host and may read is shown why", {});
}

} // namespace

void add_health_routes(router& table, const engine& graphs, authenticator* authentication,
                       std::function<host_causes()> of_host)
{
    table.add({.method = "OPTIONS",
               .path = "/",
               .needs = access::open(),
               .summary = "Answers as long as the host lives, as proxies ask; of * too.",
               .answers = {{204, "it lives; Allow names methods"}},
               .audience = http::audience::anybody,
               .act = at_once([](const http::request& asked, const path_arguments&)
                              { return options(asked); })});
    table.add({.method = "GET",
               .path = "/livez",
               .needs = access::open(),
               .summary = "Answers as long as the host lives.",
               .answers = {{200, "it lives"}},
               .audience = http::audience::anybody,
               .act = at_once([](const http::request&, const path_arguments&)
                              { return http::response::json(200, R"({"status":"live"})"); })});
    table.add({.method = "GET",
               .path = "/readyz",
               .needs = access::open(),
               .summary = "Tells whether the graphs take data, and if not, why.",
               .answers = {{200, "all deployed graphs take data"}, {503, "the causes"}},
               .audience = http::audience::anybody,
               .act = at_once(
                   [&graphs, authentication,
                    of_host = std::move(of_host)](const http::request& asked, const path_arguments&)
                   {
                       http::response whole =
                           readiness(graphs, of_host ? of_host() : host_causes());
                       const bool shown =
                           !asked.is_foreign && (authentication == nullptr ||
                                                 authentication->allows(asked, scope::read));
                       return shown ? whole : without_details(whole);
                   })});
}

} // namespace penstock::host::api
