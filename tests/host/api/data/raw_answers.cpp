// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// Answers that components make as a whole.
#include "host/api/data/data_routes.hpp"
#include "host/graph/spec.hpp"
#include "host/lane/whole_answer.hpp"
#include "tests/host/api/data/data_requests.hpp"
#include "tests/host/api/test_host.hpp"

#include <boost/test/unit_test.hpp>

#include <optional>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(raw_answers)

using namespace penstock::host::http::testing;
using penstock::host::http::response;
namespace http = penstock::host::http;
namespace json = penstock::json;

namespace
{

void deploy(test_host& host, std::string_view text)
{
    const auto read = penstock::host::parse_graph(text);
    BOOST_TEST_REQUIRE(read.problems.empty());
    BOOST_TEST_REQUIRE(host.graphs.deploy(read.graph).empty());
}

// What browsers say when a person follows a link or sends a form on a page of the graph's own.
http::request visit(std::string_view method, std::string_view target)
{
    return make_request(method, target, {},
                        {{"Host", "localhost"},
                         {"Sec-Fetch-Site", "cross-site"},
                         {"Sec-Fetch-Mode", "navigate"},
                         {"Sec-Fetch-Dest", "document"}});
}

} // namespace

BOOST_AUTO_TEST_CASE(are_the_answer_to_a_get_that_asks_for_nothing_else)
{
    test_host host;
    host.deploy("first", {"read", "page"});
    const response answer = host.send("GET", "/data/page?q=%3Cb%3E&type=text/html&status=404");
    BOOST_TEST(answer.status == 404U);
    BOOST_TEST(answer.body == "<b>");
    BOOST_TEST(answer.headers.value("Content-Type") == "text/html");
    BOOST_TEST(!answer.headers.find("Location").has_value());
}

BOOST_AUTO_TEST_CASE(stand_in_a_sandbox_whatever_their_type)
{
    test_host host;
    host.deploy("first", {"read", "page"});
    for (const char* type : {"text/html", "image/svg%2Bxml", "application/xml"})
    {
        const response answer = host.send("GET", std::string("/data/page?q=x&type=") + type);
        BOOST_TEST(answer.headers.value("Content-Security-Policy") ==
                   "sandbox allow-forms; default-src 'none'; style-src 'unsafe-inline'");
        BOOST_TEST(answer.headers.value("X-Content-Type-Options") == "nosniff");
    }
}

BOOST_AUTO_TEST_CASE(are_no_scripts)
{
    test_host host;
    host.deploy("first", {"read", "page"});
    for (const char* type : {"text/javascript", "application/JavaScript;charset=utf-8",
                             "application/x-ecmascript", "text/jscript"})
    {
        const response answer = host.send("GET", std::string("/data/page?q=x&type=") + type);
        BOOST_TEST(answer.headers.value("Content-Type") == "text/plain; charset=utf-8");
    }
}

BOOST_AUTO_TEST_CASE(without_a_type_are_bytes)
{
    test_host host;
    host.deploy("first", {"read", "page"});
    const response answer = host.send("GET", "/data/page?q=x");
    BOOST_TEST(answer.headers.value("Content-Type") == "application/octet-stream");
}

BOOST_AUTO_TEST_CASE(of_several_packets_stand_one_behind_the_other)
{
    test_host host;
    host.deploy("first", {"read", "page"});
    BOOST_TEST(host.send("GET", "/data/page?q=ab&again=2").body == "ababab");
}

BOOST_AUTO_TEST_CASE(beyond_their_limit_are_none)
{
    test_host host;
    host.deploy("first", {"read", "page"});
    const std::string half(penstock::host::whole_answer::longest / 2 + 1, 'x');
    BOOST_TEST(host.send("POST", "/data?ack=processed", half, {plain}).body.size() == half.size());
    check_problem(host.send("POST", "/data?ack=processed&again=1", half, {plain}), 500,
                  "over its limit of 16777216 bytes");
}

namespace
{

constexpr std::string_view small_graph = R"({"penstock": 1, "name": "first", "nodes": {
    "read": {"component": "door/read"}, "page": {"component": "door/page"}},
    "pending_memory": "64KiB", "edges": [{"from": "read.out", "to": "page.in"}]})";

} // namespace

BOOST_AUTO_TEST_CASE(take_room_of_their_graph_until_they_are_written_or_not_wanted_any_more)
{
    test_host host;
    deploy(host, small_graph);
    const std::string most(40'000, 'x');
    std::optional<response> slow = host.send("GET", "/data/page?q=" + most);
    BOOST_TEST(slow->body.size() == most.size());
    const response page = host.send("GET", "/data/page?q=" + most);
    check_problem(page, 503, "has no room");
    BOOST_TEST(page.headers.value("Retry-After") == "1");
    check_problem(host.send("POST", "/data?ack=processed", most, {plain}), 500,
                  "the request was processed");
    const std::string state = host.send("GET", "/api/graphs/first/state").body;
    BOOST_TEST(state.find("that wait for their clients take 40000 bytes") != std::string::npos);
    BOOST_TEST(host.send("POST", "/data", most, {plain}).status == 202U);
    BOOST_TEST(host.send("GET", "/data/page?q=short").status == 200U);
    slow.reset();
    BOOST_TEST(host.send("GET", "/data/page?q=" + most).body.size() == most.size());
}

BOOST_AUTO_TEST_CASE(larger_than_all_the_room_of_their_graph_are_none)
{
    test_host host;
    deploy(host, small_graph);
    const std::string many(65'537, 'x');
    check_problem(host.send("GET", "/data/page?q=" + many), 500, "over its limit of 65536 bytes");
}

BOOST_AUTO_TEST_CASE(outlive_their_graph)
{
    std::optional<response> slow;
    {
        test_host host;
        deploy(host, small_graph);
        slow = host.send("GET", "/data/page?q=x");
    }
    BOOST_TEST(slow->body == "x");
}

BOOST_AUTO_TEST_CASE(of_a_status_that_is_none_are_500)
{
    test_host host;
    host.deploy("first", {"read", "page"});
    BOOST_TEST(host.send("GET", "/data/page?q=x&status=99").status == 500U);
}

BOOST_AUTO_TEST_CASE(come_for_a_body_too_if_it_waits)
{
    test_host host;
    host.deploy("first", {"read", "page"});
    const response answer = host.send("POST", "/data?ack=processed&status=201", "done", {plain});
    BOOST_TEST(answer.status == 201U);
    BOOST_TEST(answer.body == "done");
    BOOST_TEST(host.send("POST", "/data", "x", {plain}).status == 202U);
    BOOST_TEST(host.send("GET", "/data?ack=memory").status == 202U);
}

BOOST_AUTO_TEST_CASE(that_nobody_made_are_204_for_a_get_and_counts_for_a_body)
{
    test_host host;
    deploy(host, R"({"penstock": 1, "name": "first", "nodes": {
        "read": {"component": "door/read"}, "take": {"component": "door/take"},
        "listen": {"component": "door/listen"}, "page": {"component": "door/page"}},
        "edges": [{"from": "read.out", "to": "take.in"}, {"from": "listen.out", "to": "page.in"}]})");
    const response nothing = host.send("GET", "/data");
    BOOST_TEST(nothing.status == 204U);
    BOOST_TEST(nothing.body.empty());
    const response counts = host.send("POST", "/data?ack=processed", "x", {plain});
    BOOST_TEST(counts.status == 200U);
    BOOST_TEST(body_of(counts).at("delivered").to_number<int>() == 1);
}

BOOST_AUTO_TEST_CASE(that_failed_are_500_with_the_reason)
{
    test_host host;
    host.deploy("first", {"read", "fail", "page"});
    check_problem(host.send("GET", "/data"), 500, "told to fail");
}

BOOST_AUTO_TEST_CASE(that_take_too_long_are_accepted)
{
    test_host host;
    deploy(host, R"({"penstock": 1, "name": "first", "nodes": {
        "read": {"component": "door/read"}, "hold": {"component": "door/hold"},
        "page": {"component": "door/page"}},
        "edges": [{"from": "read.out", "to": "page.in"}, {"from": "read.out", "to": "hold.in"}]})");
    BOOST_TEST(host.send("GET", "/data?wait=1ms").status == 202U);
}

BOOST_AUTO_TEST_CASE(are_in_no_receipt)
{
    test_host host;
    host.deploy("first", {"read", "page"});
    const response answer =
        host.send("POST", "/data?ack=processed", "x", {plain, {"Idempotency-Key", "k"}});
    BOOST_TEST(answer.body == "x");
    const response again =
        host.send("POST", "/data?ack=processed", "x", {plain, {"Idempotency-Key", "k"}});
    BOOST_TEST(body_of(again).at("delivered").to_number<int>() == 1);
    BOOST_TEST(!body_of(again).as_object().contains("packets"));
}

BOOST_AUTO_TEST_CASE(are_made_by_no_graph_whose_parameter_says_so)
{
    test_host host;
    deploy(host, R"({"penstock": 1, "name": "first", "nodes": {
        "read": {"component": "door/read"},
        "page": {"component": "door/page", "params": {"raw": false}}},
        "edges": [{"from": "read.out", "to": "page.in"}]})");
    BOOST_TEST(host.send("GET", "/data").status == 202U);
    BOOST_TEST(body_of(host.send("GET", "/data?ack=processed")).at("packets").as_array().size() ==
               1U);
}

BOOST_AUTO_TEST_CASE(may_be_asked_for_by_a_link_or_a_form_of_a_page_in_a_sandbox)
{
    test_host host;
    host.deploy("pages", {"read", "page"});
    host.deploy("others", {"read", "take"});
    using http::audience;
    const auto who = [&](const http::request& head) { return host.api.audience_of(head); };
    const auto as = [](const char* name, const char* value)
    {
        http::request head = visit("GET", "/graphs/pages/data/page?q=x");
        head.headers.set(name, value);
        return head;
    };
    BOOST_TEST((who(visit("GET", "/graphs/pages/data/page?q=x")) == audience::visitors));
    BOOST_TEST((who(visit("POST", "/graphs/pages/data/page")) == audience::own));
    BOOST_TEST((who(visit("GET", "/graphs/others/data/page")) == audience::own));
    BOOST_TEST((who(visit("GET", "/graphs/nobody/data/page")) == audience::own));
    BOOST_TEST((who(visit("GET", "/api/graphs/pages")) == audience::own));
    BOOST_TEST((who(as("Sec-Fetch-Dest", "iframe")) == audience::own));
    BOOST_TEST((who(as("Sec-Fetch-Dest", "script")) == audience::own));
    BOOST_TEST((who(as("Sec-Fetch-Mode", "no-cors")) == audience::own));
    const http::origin_rules rules;
    const http::request link = visit("GET", "/graphs/pages/data/page?q=x");
    BOOST_TEST(!rules.objection(link.headers, who(link)));
    BOOST_TEST(rules.objection(link.headers).has_value());
}

BOOST_AUTO_TEST_CASE(cannot_send_a_form_with_a_body)
{
    http::request form = visit("POST", "/api/graphs/pages/stop");
    form.headers.set("Origin", "null"); // of a page in a sandbox
    BOOST_TEST(http::origin_rules().objection(form.headers).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
