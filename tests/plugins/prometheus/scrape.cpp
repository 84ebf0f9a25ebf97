// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include "curl/scripted_server.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(scrape)

using penstock::packet;
namespace json = penstock::json;

namespace
{

constexpr const char* told = "# TYPE hits counter\nhits{code=\"200\"} 5\nodd NaN 1395066363000\n";

std::vector<packet> scraped(const std::string& url, json::object parameters = {})
{
    parameters["targets"] = json::array{json::string(url)};
    auto result = run_entry(prometheus_package::scrape_entry, parameters, {});
    BOOST_TEST(result.failed.empty());
    return std::move(result.sent["out"]);
}

} // namespace

BOOST_AUTO_TEST_CASE(each_value_is_a_packet_beside_how_the_scrape_went)
{
    const scripted_server server(
        [](const received_request&) -> scripted_answer {
            return {200, told};
        });
    const std::string url = server.url() + "/metrics";
    const auto made =
        scraped(url + "?key=secret", {{"labels", {{"job", "web"}, {"code", "none"}}}});
    BOOST_TEST_REQUIRE(made.size() >= 5U);
    BOOST_TEST(made[0].get("target") == json::value(url));
    BOOST_TEST(made[0].get("name") == json::value("hits"));
    BOOST_TEST(made[0].get("type") == json::value("counter"));
    BOOST_TEST(made[0].get("value") == json::value(5.0));
    BOOST_TEST(made[0].get("labels") == json::value({{"job", "web"}, {"code", "200"}}));
    BOOST_TEST(made[1].get("value") == json::value("NaN"));
    BOOST_TEST(made[1].get("time") == json::value("2014-03-17T14:26:03Z"));
    BOOST_TEST(made[2].get("name") == json::value("up"));
    BOOST_TEST(made[2].get("value") == json::value(1.0));
    BOOST_TEST(made[3].get("name") == json::value("scrape_duration_seconds"));
    BOOST_TEST(made[4].get("name") == json::value("scrape_samples_scraped"));
    BOOST_TEST(made[4].get("value") == json::value(2.0));
    BOOST_TEST(scraped(url, {{"report", false}, {"interval", "24h"}}).size() == 2U);
    BOOST_TEST(server.requests().at(0).target == "/metrics?key=secret");
    BOOST_TEST(server.requests().at(0).header("accept") ==
               "text/plain;version=0.0.4;q=1,*/*;q=0.1");
}

BOOST_AUTO_TEST_CASE(a_scrape_can_be_one_packet)
{
    const scripted_server server(
        [](const received_request&) -> scripted_answer {
            return {200, told};
        });
    const auto made = scraped(server.url(), {{"unit", "scrape"}});
    BOOST_TEST_REQUIRE(!made.empty());
    BOOST_TEST(made[0].get("up") == json::value(true));
    const json::array all = made[0].values("samples");
    BOOST_TEST_REQUIRE(all.size() == 2U);
    BOOST_TEST(all[0] == json::value({{"name", "hits"},
                                      {"type", "counter"},
                                      {"labels", {{"code", "200"}}},
                                      {"value", 5.0}}));
    BOOST_TEST(all[1].at("time") == "2014-03-17T14:26:03Z");
}

BOOST_AUTO_TEST_CASE(a_target_that_does_not_tell_is_down_and_says_why)
{
    for (const auto& [answer, why] : std::vector<std::pair<scripted_answer, std::string>>{
             {{503, "busy"}, "answers 503; 200 was expected"},
             {{200, "hits five\n"}, "line 1: has the value five; a number was expected"},
             {{200, "a 1\nb 2\nc 3\n"}, "has more than 2 samples; at most so many were expected"}})
    {
        const scripted_server server([&](const received_request&) { return answer; });
        const auto made = scraped(server.url(), {{"sample_limit", 2}});
        BOOST_TEST_REQUIRE(made.size() >= 3U);
        BOOST_TEST(made[0].get("name") == json::value("up"));
        BOOST_TEST(made[0].get("value") == json::value(0.0));
        BOOST_TEST(made[0].get("error") == json::value(why));
    }
    scripted_server gone([](const received_request&) -> scripted_answer { return {}; });
    const std::string url = gone.url();
    gone.stop();
    const auto made = scraped(url, {{"unit", "scrape"}});
    BOOST_TEST(made.at(0).get("up") == json::value(false));
    BOOST_TEST(made.at(0).values("samples").empty());
    BOOST_TEST(made.at(0).text("error").find("onnect") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(odd_parameters_are_refused)
{
    const auto& entry = prometheus_package::scrape_entry;
    BOOST_TEST(refusal(entry, {{"targets", json::array()}}) ==
               "targets: is empty; an address was expected");
    BOOST_TEST(refusal(entry, {{"targets", {"ftp://x"}}}).starts_with("targets: "));
    BOOST_TEST(refusal(entry, {{"targets", {"http://x"}}, {"labels", {{"a", 1}}}}) ==
               "labels: has something else than a text for a; a text was expected");
}

BOOST_AUTO_TEST_SUITE_END()
