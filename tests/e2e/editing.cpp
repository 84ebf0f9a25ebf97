// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(editing)

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

const std::string first =
    graph("notes", {{"read", "json/read"}, {"end", "debug/null"}}, {{"read.out", "end.in"}});
const std::string second =
    graph("notes", {{"read", "json/read"}, {"answer", "http/reply"}}, {{"read.out", "answer.in"}});

constexpr const char* draft = "/api/graphs/notes/draft";
const std::string half = R"({"nodes": {"re": {}}})";

const header_fields as_json{{"Content-Type", "application/json"}};

} // namespace

BOOST_AUTO_TEST_CASE(drafts_and_revisions_outlive_the_host)
{
    const scratch home;
    std::string tag;
    {
        live_host host(home, {});
        BOOST_TEST(host->ask("PUT", "/api/graphs/notes", as_json, first).status == 201U);
        BOOST_TEST(host->ask("PUT", "/api/graphs/notes", as_json, second).status == 200U);
        const response made = host->ask("PUT", draft, as_json, half);
        BOOST_TEST(made.status == 201U);
        tag = made.headers.value("ETag");
        host.stop();
    }
    live_host host(home, {});
    const response kept = host->ask("GET", draft);
    BOOST_TEST(kept.body == half);
    BOOST_TEST(kept.headers.value("ETag") == tag);
    const json::array all = host->get("/api/graphs/notes/revisions").at("revisions").as_array();
    BOOST_TEST_REQUIRE(all.size() == 2U);
    const response restored = host->ask(
        "PUT", "/api/graphs/notes", as_json,
        host->ask("GET", "/api/graphs/notes/revisions/" + text_of(all[1].at("revision"))).body);
    BOOST_TEST(restored.status == 200U);
    BOOST_TEST(has(host->ask("GET", "/api/graphs/notes").body, "debug/null"));
}

BOOST_AUTO_TEST_CASE(of_two_editors_the_second_hears_of_the_first)
{
    const scratch home;
    live_host host(home, {});
    const response seen = host->ask("PUT", draft, as_json, half);
    const header_fields unless_changed{{"Content-Type", "application/json"},
                                       {"If-Match", std::string(seen.headers.value("ETag"))}};
    BOOST_TEST(host->ask("PUT", draft, unless_changed, "{}").status == 200U);
    BOOST_TEST(host->ask("PUT", draft, unless_changed, half).status == 412U);
    BOOST_TEST(host->ask("GET", draft).body == "{}");
}

BOOST_AUTO_TEST_CASE(drafts_do_not_fill_the_disk)
{
    const scratch home;
    live_host host(home, {"--drafts", "1"});
    BOOST_TEST(host->ask("PUT", draft, as_json, half).status == 201U);
    BOOST_TEST(host->ask("PUT", "/api/graphs/other/draft", as_json, half).status == 409U);
    BOOST_TEST(host->ask("PUT", draft, as_json, "{}").status == 200U);
    BOOST_TEST(host->ask("DELETE", draft).status == 204U);
    BOOST_TEST(host->ask("PUT", "/api/graphs/other/draft", as_json, half).status == 201U);
}

BOOST_AUTO_TEST_SUITE_END()
