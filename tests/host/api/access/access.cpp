// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/access/access.hpp"

#include "tests/host/api/test_host.hpp"
#include "tests/host/net/awaited_answer.hpp"

#include "host/api/access/authenticator.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

BOOST_AUTO_TEST_SUITE(access_of_routes)

using namespace penstock::host::http::testing;
namespace host = penstock::host;
namespace api = penstock::host::api;
namespace http = penstock::host::http;
namespace json = boost::json;
using host::scope;

namespace
{

/// One route as `/openapi.json` describes it.
struct route
{
    std::string method;
    std::string path;
    std::string needs; ///< a scope, or open
};

std::vector<route> all_routes(const json::value& described)
{
    std::vector<route> found;
    for (const auto& [path, methods] : described.at("paths").as_object())
        for (const auto& [method, operation] : methods.as_object())
        {
            const json::array& security = operation.at("security").as_array();
            std::string needs = "open";
            if (!security.empty())
                needs = security.at(0).at("token").at(0).as_string();
            std::string upper(method);
            std::ranges::transform(upper, upper.begin(),
                                   [](unsigned char c)
                                   { return static_cast<char>(std::toupper(c)); });
            found.push_back({upper, std::string(path), needs});
        }
    return found;
}

/// A path of that pattern.
std::string example_of(std::string path)
{
    for (std::size_t open = path.find('{'); open != std::string::npos; open = path.find('{'))
        path.replace(open, path.find('}') - open + 1, "x");
    return path;
}

/// A host whose guard knows one token for each scope.
struct guarded_host
{
    guarded_host()
    {
        std::vector<host::token_record> records;
        for (const scope each : host::all_scopes)
        {
            const std::string name(host::name_of(each));
            tokens[name] = host::random_token();
            host::token_record made{.name = name, .hash = host::hash_of(tokens[name])};
            made.scopes.add(each);
            records.push_back(made);
        }
        const auto failed = host::token_file(host.data.path())
                                .edit(
                                    [&](std::vector<host::token_record>& kept)
                                        -> std::optional<penstock::host::problem>
                                    {
                                        kept = records;
                                        return std::nullopt;
                                    });
        BOOST_TEST(!failed.has_value());
        BOOST_TEST(!authentication.read().has_value());
    }

    /// What the header alone leads to: 401, 403, or anything else.
    unsigned screen(const std::string& method, const std::string& target, const std::string& token)
    {
        http::request head = make_request(method, target);
        head.peer = method + target; // so that no address has too many wrong tokens
        if (!token.empty())
            head.headers.add("Authorization", "Bearer " + token);
        const auto refused = api.head(head);
        return refused ? refused->status : 0;
    }

    test_host host;
    std::map<std::string, std::string> tokens;
    api::authenticator authentication{host.data.path(), [](const std::string&) {}};
    penstock::host::api::api api{
        host.graphs,
        host.kept,
        {.trial = {.program = "/nonexistent", .packages = {}}, .authentication = &authentication}};
};

} // namespace

BOOST_AUTO_TEST_CASE(every_route_wants_the_scope_that_it_is_to_want)
{
    test_host host;
    const std::vector<route> routes = all_routes(body_of(host.send("GET", "/openapi.json")));
    std::map<std::string, std::set<std::string>> changing;
    std::size_t ingests = 0;
    for (const route& each : routes)
    {
        const std::string name = each.method + " " + each.path;
        const bool is_data = each.path.starts_with("/data") ||
                             each.path.starts_with("/graphs/{graph}/data") ||
                             each.path.ends_with("/_bulk");
        const bool is_page = each.path == "/" || each.path.starts_with("/assets/") ||
                             each.path == "/favicon.svg" || each.path == "/theme.js";
        const bool is_open =
            is_page ||
            std::set<std::string>{"/livez", "/readyz", "/openapi.json"}.contains(each.path);
        if (is_data)
            ingests += each.needs == "ingest" ? 1 : 0;
        else if (is_open)
            BOOST_TEST(each.needs == "open", name);
        else if (each.method == "GET")
            BOOST_TEST(each.needs == "read", name);
        else
            changing[each.needs].insert(name);
        if (is_data)
            BOOST_TEST(each.needs == "ingest", name);
    }
    BOOST_TEST(ingests >= 16U);
    const std::map<std::string, std::set<std::string>> expected{
        {"read", {"POST /api/graphs/{name}/validate"}},
        {"deploy",
         {"PUT /api/graphs/{name}", "DELETE /api/graphs/{name}", "POST /api/graphs/{name}/deploy",
          "POST /api/graphs/{name}/stop", "POST /api/graphs/{name}/rollout",
          "DELETE /api/graphs/{name}/rollout", "POST /api/graphs/{name}/rollout/stop",
          "PUT /api/graphs/{name}/draft", "DELETE /api/graphs/{name}/draft",
          "POST /api/components/{package}/{name}/try", "POST /api/dead-letters/{id}/replay",
          "POST /api/dead-letters/replay"}},
        {"admin", {"DELETE /api/dead-letters/{id}", "DELETE /api/dead-letters"}}};
    for (const host::scope each : host::all_scopes)
    {
        const std::string name(host::name_of(each));
        const auto wanted = expected.find(name);
        BOOST_TEST(changing[name] ==
                       (wanted == expected.end() ? std::set<std::string>() : wanted->second),
                   boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(no_route_lets_in_who_lacks_its_scope)
{
    guarded_host guarded;
    http::request asked = make_request("GET", "/openapi.json");
    const std::vector<route> routes = all_routes(body_of(guarded.host.send(std::move(asked))));
    BOOST_TEST(routes.size() > 30U);
    for (const route& each : routes)
    {
        const std::string target = example_of(each.path);
        const std::string name = each.method + " " + target;
        const auto is_refused = [](unsigned status) { return status == 401 || status == 403; };
        if (each.needs == "open")
        {
            BOOST_TEST(!is_refused(guarded.screen(each.method, target, {})), name);
            continue;
        }
        BOOST_TEST(guarded.screen(each.method, target, {}) == 401U, name);
        BOOST_TEST(guarded.screen(each.method, target, host::random_token()) == 401U, name);
        for (const auto& [scope, token] : guarded.tokens)
        {
            const unsigned status = guarded.screen(each.method, target, token);
            if (scope == each.needs || scope == "admin")
                BOOST_TEST(!is_refused(status), name + " with " + scope);
            else
                BOOST_TEST(status == 403U, name + " with " + scope);
        }
    }
}

BOOST_AUTO_TEST_CASE(why_a_host_is_not_ready_is_for_those_who_may_read)
{
    guarded_host guarded;
    const auto ask = [&](const std::string& token)
    {
        http::request sent = make_request("GET", "/readyz");
        if (!token.empty())
            sent.headers.add("Authorization", "Bearer " + token);
        awaited_answer waiting;
        guarded.api.handle(sent, waiting.to());
        return waiting.wait().body;
    };
    BOOST_TEST(ask(guarded.tokens["read"]).find("no graph runs") != std::string::npos);
    BOOST_TEST(ask({}).find("no graph runs") == std::string::npos);
    BOOST_TEST(ask(guarded.tokens["ingest"]).find("no graph runs") == std::string::npos);
    BOOST_TEST(ask({}).find("503") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
