// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// 60,000 documents through twelve components on two lanes to a far side that goes and comes back
// three times: what came in is published, dropped or dead.
#include "live_host.hpp"

#include "tests/plugins/opensearch/scripted_engine.hpp"
#include "tests/plugins/postgres/database_server.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(publishers)

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

constexpr int requests = is_sanitized ? 6 : 60;
constexpr int documents = 1'000; // of a request
constexpr int dropped = requests * documents / 50;
constexpr int refused = requests * documents / 1'000;
constexpr int published = requests * documents - dropped - refused;

// What a document is, by its number: most are published.
bool is_refused(std::int64_t n)
{
    return n % 1'000 == 7;
}

std::string request(int number)
{
    std::string body;
    for (int n = number * documents; n < (number + 1) * documents; ++n)
        body += "{\"index\":{\"_index\":\"all\",\"_id\":\"" + std::to_string(n) +
                "\"}}\n{\"number\":" + std::to_string(n) + ",\"title\":\"Größe\",\"kind\":\"" +
                (n % 50 == 1 ? "unwanted" : "wanted") + "\"}\n";
    return body;
}

std::string chain(const std::string& publisher, const std::string& params)
{
    return graph("chain",
                 {{"read", "json/read"},
                  {"rename", "fields/rename", R"({"from": ["number"], "to": ["n"]})"},
                  {"drop", "route/drop", R"({"field": "kind", "values": ["unwanted"]})"},
                  {"set", "fields/set", R"({"field": "list", "value": [1, 2]})"},
                  {"copy", "fields/copy", R"({"from": ["title"], "to": ["name"]})"},
                  {"set2", "fields/set", R"({"field": "text", "value": "words"})"},
                  {"fail", "debug/fail", R"({"field": "kind", "value": "never"})"},
                  {"delete", "fields/delete", R"({"fields": ["kind"]})"},
                  {"copy2", "fields/copy", R"({"from": ["name"], "to": ["other"]})"},
                  {"delete2", "fields/delete", R"({"fields": ["list", "other"]})"},
                  {"set3", "fields/set", R"({"field": "last", "value": true})"},
                  {"publish", publisher, params}},
                 {{"read.out", "rename.in"},
                  {"rename.out", "drop.in"},
                  {"drop.out", "set.in"},
                  {"set.out", "copy.in"},
                  {"copy.out", "set2.in"},
                  {"set2.out", "fail.in"},
                  {"fail.out", "delete.in"},
                  {"delete.out", "copy2.in"},
                  {"copy2.out", "delete2.in"},
                  {"delete2.out", "set3.in"},
                  {"set3.out", "publish.in"}});
}

/// Sends all documents while the far side is stopped and started three times.
void check_account(const std::string& graph_text, const std::function<void()>& stop,
                   const std::function<void()>& start)
{
    const scratch home;
    live_host host(home, {home.write("g.json", graph_text), "--lanes", "2"});
    for (int number = 0; number < requests; ++number)
    {
        const bool is_outage = number % (requests / 3) == requests / 6;
        if (is_outage)
            stop();
        BOOST_TEST_REQUIRE(host->post("/_bulk", "application/x-ndjson", request(number)).status ==
                           200U);
        if (!is_outage)
            continue;
        BOOST_TEST(eventually(
            [&] {
                return has(penstock::write_json(host->get("/api/graphs/chain/state")),
                           "\"unavailable\"");
            },
            std::chrono::seconds(30)));
        start();
    }
    const account found = host.settle("chain", std::chrono::seconds(120));
    BOOST_TEST(found.delivered == static_cast<std::uint64_t>(published));
    BOOST_TEST(found.dropped == static_cast<std::uint64_t>(dropped));
    BOOST_TEST(found.dead == static_cast<std::uint64_t>(refused));
}

} // namespace

BOOST_AUTO_TEST_CASE(opensearch_accounts_for_every_document)
{
    scripted_engine far(
        [](const engine_item& item)
        {
            using said = std::optional<std::pair<unsigned, std::string>>;
            return is_refused(item.source.at("n").as_int64()) ? said({400, "no"}) : said();
        });
    check_account(
        chain("opensearch/publish",
              R"({"url": ")" + far.url() + R"(", "index": "{{/meta/index}}"})"),
        [&] { far.server().stop(); }, [&] { far.server().start(); });
    BOOST_TEST(far.documents().size() == static_cast<std::size_t>(published));
}

BOOST_AUTO_TEST_CASE(http_accounts_for_every_document)
{
    std::mutex mutex;
    std::set<std::string> lines;
    scripted_server far(
        [&](const received_request& asked)
        {
            std::vector<std::string> sent;
            for (std::size_t at = 0; at < asked.body.size(); at += sent.back().size() + 1)
                sent.push_back(asked.body.substr(at, asked.body.find('\n', at) - at));
            const bool is_wrong = std::ranges::any_of(
                sent, [](const std::string& each)
                { return is_refused(penstock::parse_json(each).at("n").as_int64()); });
            if (is_wrong)
                return scripted_answer{.status = 422};
            const std::lock_guard lock(mutex);
            lines.insert(sent.begin(), sent.end());
            return scripted_answer{};
        });
    check_account(
        chain("http/publish",
              R"({"url": ")" + far.url() + R"(", "format": "lines", "batch_count": 500})"),
        [&] { far.stop(); }, [&] { far.start(); });
    BOOST_TEST(lines.size() == static_cast<std::size_t>(published));
}

BOOST_AUTO_TEST_CASE(postgres_accounts_for_every_document)
{
    database_server far;
    far.start();
    far.ask("CREATE TABLE books (n bigint PRIMARY KEY CHECK (n % 1000 <> 7), name text, text text, "
            "last bool)");
    check_account(
        chain("postgres/publish",
              R"({"connection": ")" + far.connection() + R"(", "table": "books", "key": ["n"]})"),
        [&] { far.kill(); }, [&] { far.start(); });
    BOOST_TEST(far.ask("SELECT count(*) FROM books")[0] == std::to_string(published));
}

BOOST_AUTO_TEST_SUITE_END()
