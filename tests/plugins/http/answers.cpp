// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What servers answer, and which servers may be asked.
#include "components.hpp"
#include "curl/scripted_server.hpp"
#include "run_entry.hpp"

#include <penstock/unavailable.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <utility>

namespace json = penstock::json;
using http_package::publish_entry;
using penstock::packet;
using penstock::unavailable;
using penstock::testing::packets;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(http_answers)

namespace
{

json::object to(const std::string& url, json::object more = {})
{
    json::object params{{"url", url}};
    for (const auto& [name, value] : more)
        params[name] = value;
    return params;
}

std::vector<packet> numbered(int count)
{
    std::vector<packet> made;
    for (int n = 1; n <= count; ++n)
        made.push_back(packet({{"n", n}}));
    return made;
}

scripted_server::script always(scripted_answer answer)
{
    return [answer = std::move(answer)](const received_request&) { return answer; };
}

scripted_answer refuse_two(const received_request& request)
{
    return {.status = request.body.find(R"({"n":2})") == std::string::npos ? 204U : 422U,
            .body = "n is\nwrong"};
}

} // namespace

BOOST_AUTO_TEST_CASE(a_packet_that_is_refused_fails_alone_with_what_the_server_said)
{
    for (const char* format : {"single", "lines", "list"})
    {
        scripted_server far(refuse_two);
        auto result = run_entry(publish_entry, to(far.url(), {{"format", format}}), numbered(5));
        BOOST_TEST(result.delivered.size() == 4U);
        BOOST_TEST_REQUIRE(result.failed.size() == 1U);
        BOOST_TEST(result.failed[0].first.get("n") == 2);
        BOOST_TEST(result.failed[0].second == far.url() + ": status 422: n is wrong");
    }
}

BOOST_AUTO_TEST_CASE(what_a_server_said_is_cut_between_two_characters)
{
    const std::string whole = std::string(194, 'x') + "€€€"; // the third has the 201st byte
    scripted_server far([&](const received_request&)
                        { return scripted_answer{.status = 422, .body = whole}; });
    auto result = run_entry(publish_entry, to(far.url()), numbered(1));
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second ==
               far.url() + ": status 422: " + std::string(194, 'x') + "€€");
}

BOOST_AUTO_TEST_CASE(a_server_that_is_away_is_no_fault_of_a_packet)
{
    for (const unsigned status : {401U, 403U, 429U, 500U, 502U, 503U, 504U, 507U})
    {
        scripted_server far(
            [&](const received_request& asked)
            {
                if (asked.method == "HEAD")
                    return scripted_answer{};
                return scripted_answer{.status = status, .headers = {"Retry-After: 3"}};
            });
        BOOST_CHECK_EXCEPTION(
            (void)run_entry(publish_entry, to(far.url(), {{"token", "t"}}), numbered(2)),
            unavailable,
            [&](const unavailable& error)
            {
                return error.what() == far.url() + ": status " + std::to_string(status) &&
                       error.retry_after() == 3s;
            });
        BOOST_TEST(far.requests().size() == 2U);
    }
    for (const unsigned status : {302U, 401U, 403U, 501U, 505U}) // of all packets alike
    {
        scripted_server far(always({.status = status}));
        BOOST_CHECK_THROW((void)run_entry(publish_entry, to(far.url()), numbered(2)), unavailable);
    }
    scripted_server cutting(always({.cuts = true}));
    BOOST_CHECK_THROW((void)run_entry(publish_entry, to(cutting.url()), numbered(1)), unavailable);
    scripted_server slow(always({.hangs = true}));
    BOOST_CHECK_THROW(
        (void)run_entry(publish_entry, to(slow.url(), {{"timeout", "200ms"}}), numbered(1)),
        unavailable);
    scripted_server gone(always({}));
    gone.stop();
    BOOST_CHECK_THROW((void)run_entry(publish_entry, to(gone.url()), {}), unavailable);
}

BOOST_AUTO_TEST_CASE(a_status_may_be_named_that_fails_a_packet)
{
    scripted_server far(always({.status = 500}));
    auto result =
        run_entry(publish_entry, to(far.url(), {{"refusals", json::array{500}}}), numbered(2));
    BOOST_TEST(result.failed.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_status_that_is_about_the_request_fails_its_packet)
{
    for (const unsigned status :
         {301U, 302U, 303U, 304U, 307U, 308U, 401U, 403U, 408U, 410U, 501U, 505U, 510U})
    {
        scripted_server far(always({.status = status}));
        const auto result = run_entry(publish_entry, to(far.url() + "/{{n}}"), numbered(2));
        BOOST_TEST_REQUIRE(result.failed.size() == 2U, status);
        BOOST_TEST(result.failed[0].second == far.url() + ": status " + std::to_string(status));
    }
}

BOOST_AUTO_TEST_CASE(what_one_path_forbids_to_who_may_use_others_fails_its_packet)
{
    scripted_server far([](const received_request& asked)
                        { return scripted_answer{.status = asked.target == "/2" ? 403U : 204U}; });
    const auto result =
        run_entry(publish_entry, to(far.url() + "/{{n}}", {{"token", "t"}}), numbered(3));
    BOOST_TEST(result.delivered.size() == 2U);
    BOOST_TEST(result.failed.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_packet_without_an_answer_or_with_500_fails_when_patience_ends)
{
    for (const scripted_answer& answer :
         {scripted_answer{.status = 500}, scripted_answer{.cuts = true}})
    {
        scripted_server far([&](const received_request& asked)
                            { return asked.target == "/2" ? answer : scripted_answer{}; });
        const auto result =
            run_entry(publish_entry, to(far.url() + "/{{n}}", {{"patience", 1}}), numbered(3));
        BOOST_TEST(result.delivered.size() == 2U);
        BOOST_TEST_REQUIRE(result.failed.size() == 1U);
        BOOST_TEST(result.failed[0].first.get("n") == 2);
    }
}

BOOST_AUTO_TEST_CASE(an_outage_of_the_one_server_of_a_graph_ends_no_packet_however_long)
{
    for (const scripted_answer& answer :
         {scripted_answer{.status = 500}, scripted_answer{.cuts = true}})
    {
        scripted_server far(always(answer));
        BOOST_CHECK_THROW(
            (void)run_entry(publish_entry, to(far.url(), {{"patience", 1}}), numbered(3)),
            unavailable);
    }
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_no_http_is_told_as_such)
{
    scripted_server far(always({.garbage = "\x01nonsense\r\n\r\n"}));
    BOOST_CHECK_EXCEPTION((void)run_entry(publish_entry, to(far.url()), numbered(1)), unavailable,
                          [&](const unavailable& error)
                          { return error.what() == far.url() + ": the answer is no HTTP"; });
}

BOOST_AUTO_TEST_CASE(a_redirection_is_not_followed)
{
    scripted_server elsewhere(always({}));
    scripted_server far(always({.status = 307, .headers = {"Location: " + elsewhere.url()}}));
    const auto result = run_entry(publish_entry, to(far.url() + "/{{n}}"), numbered(1));
    BOOST_TEST(result.failed.size() == 1U);
    BOOST_TEST(elsewhere.requests().empty());
}

BOOST_AUTO_TEST_CASE(a_long_answer_is_read_no_further_than_a_reason_is_long)
{
    scripted_server far(always({.status = 400, .body = std::string(5'000'000, 'x')}));
    auto result = run_entry(publish_entry, to(far.url()), numbered(1));
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second.size() < 300U);
}

BOOST_AUTO_TEST_CASE(a_packet_may_not_name_a_host_that_is_not_public)
{
    scripted_server far(always({}));
    const std::string port = std::to_string(far.port());
    std::vector<packet> given;
    for (const char* host : {"127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1",
                             "[::1]", "[::ffff:127.0.0.1]", "0"})
        given.push_back(packet({{"url", "http://" + std::string(host) + ":" + port + "/"}}));
    auto result = run_entry(publish_entry, to("{{url}}"), std::move(given));
    BOOST_TEST(far.requests().empty());
    BOOST_TEST(result.failed.size() == 8U);
    for (const auto& [item, reason] : result.failed)
        BOOST_TEST((reason.find("is no public address") != std::string::npos), reason);
}

BOOST_AUTO_TEST_CASE(a_graph_may_allow_a_host_to_packets)
{
    scripted_server far(always({}));
    const json::object params = to("{{url}}", {{"allow_hosts", json::array{"127.0.0.1"}}});
    auto result = run_entry(publish_entry, params,
                            packets(packet({{"url", far.url()}}), packet({{"url", "file:///etc"}}),
                                    packet({{"url", "http://a:b@127.0.0.1"}}), packet({{"n", 1}})));
    BOOST_TEST(far.requests().size() == 1U);
    BOOST_TEST(result.delivered.size() == 1U);
    BOOST_TEST(result.failed.size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_host_of_one_packet_that_is_away_is_not_waited_for_by_others)
{
    scripted_server far(always({}));
    scripted_server gone(always({}));
    gone.stop();
    const json::object params = to("{{url}}", {{"allow_hosts", json::array{"127.0.0.1"}}});
    auto result = run_entry(publish_entry, params,
                            packets(packet({{"url", gone.url()}}), packet({{"url", far.url()}})));
    BOOST_TEST(result.delivered.size() == 1U);
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST((result.failed[0].second.find("Connection refused") != std::string::npos));
}

BOOST_AUTO_TEST_CASE(a_host_of_one_packet_that_is_in_trouble_is_asked_as_often_as_the_node_retries)
{
    for (const scripted_answer& answer :
         {scripted_answer{.status = 500}, scripted_answer{.cuts = true}})
    {
        scripted_server far(always(answer));
        penstock::testing::inputs given;
        given.emplace("in", packets(packet({{"url", far.url()}})));
        const auto result = penstock::testing::run(
            [] { return std::unique_ptr<penstock::component>(publish_entry.make()); },
            to("{{url}}", {{"allow_hosts", json::array{"127.0.0.1"}}, {"patience", 1}}),
            std::move(given), {.attempts = 3});
        BOOST_TEST(result.failed.size() == 1U);
        BOOST_TEST(far.requests().size() == 3U);
    }
}

BOOST_AUTO_TEST_CASE(connecting_sends_nothing_and_asks_only_whether_credentials_are_good)
{
    scripted_server far(always({.status = 401}));
    BOOST_CHECK_NO_THROW((void)run_entry(publish_entry, to(far.url()), {}));
    BOOST_TEST(far.requests().empty());
    BOOST_CHECK_THROW(
        (void)run_entry(publish_entry, to(far.url() + "/hook", {{"token", "secret"}}), {}),
        unavailable);
    BOOST_TEST_REQUIRE(far.requests().size() == 1U);
    BOOST_TEST(far.requests()[0].method == "HEAD");
    BOOST_TEST(far.requests()[0].target == "/hook");
    BOOST_TEST(far.requests()[0].header("authorization") == "Bearer secret");
}

BOOST_AUTO_TEST_SUITE_END()
