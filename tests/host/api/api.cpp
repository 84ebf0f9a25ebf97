// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/api.hpp"

#include "test_host.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <set>
#include <sstream>
#include <string>
#include <thread>

BOOST_AUTO_TEST_SUITE(api)

using namespace penstock::host::http::testing;
using penstock::host::engine_options;
using penstock::host::http::response;
namespace json = penstock::json;

BOOST_AUTO_TEST_CASE(the_catalogue_lists_components_and_knows_when_it_is_unchanged)
{
    test_host host;
    const response all = host.send("GET", "/api/components");
    BOOST_TEST(all.status == 200U);
    BOOST_TEST(body_of(all).at("components").as_array().size() == 15U);
    const auto again =
        host.send("GET", "/api/components", {}, {{"If-None-Match", all.headers.value("ETag")}});
    BOOST_TEST(again.status == 304U);
}

BOOST_AUTO_TEST_CASE(one_component_is_described)
{
    test_host host;
    const json::value shown = body_of(host.send("GET", "/api/components/door/take"));
    BOOST_TEST(shown.at("component").as_string() == "door/take");
    BOOST_TEST(shown.at("params").at("properties").as_object().contains("name"));
    BOOST_TEST(host.send("GET", "/api/components/door/nothing").status == 404U);
    BOOST_TEST(host.send("PUT", "/api/components/door/take").status == 405U);
}

BOOST_AUTO_TEST_CASE(dead_letters_are_listed_shown_and_dropped)
{
    test_host host;
    host.deploy("first", {"read", "fail", "take"});
    for (const char* body : {"x", "y"})
        host.send("POST", "/data?ack=processed", body, {{"Content-Type", "text/plain"}});
    const json::value list = body_of(host.send("GET", "/api/dead-letters"));
    BOOST_TEST_REQUIRE(list.at("dead_letters").as_array().size() == 2U);
    const json::value& newest = list.at("dead_letters").at(0);
    BOOST_TEST(newest.at("graph").as_string() == "first");
    BOOST_TEST(newest.at("node").as_string() == "fail");
    BOOST_TEST(newest.at("packet").at("fields").at("text").as_string() == "y");
    const std::string address = "/api/dead-letters/" + std::string(newest.at("id").as_string());
    BOOST_TEST(body_of(host.send("GET", address)) == newest);
    BOOST_TEST(host.send("DELETE", address).status == 204U);
    BOOST_TEST(host.send("DELETE", address).status == 404U);
    BOOST_TEST(host.send("GET", address).status == 404U);
    BOOST_TEST(body_of(host.send("GET", "/api/dead-letters")).at("kept") == 1);
    const auto count = [&](const char* target)
    { return body_of(host.send("GET", target)).at("dead_letters").as_array().size(); };
    BOOST_TEST(count("/api/dead-letters?graph=second") == 0U);
    BOOST_TEST(count("/api/dead-letters?graph=first&limit=1") == 1U);
    BOOST_TEST(host.send("GET", "/api/dead-letters?limit=0").status == 400U);
}

BOOST_AUTO_TEST_CASE(a_host_without_a_running_graph_lives_but_is_not_ready)
{
    test_host host;
    BOOST_TEST(host.send("GET", "/livez").status == 200U);
    BOOST_TEST(host.send("GET", "/readyz").status == 503U);
    host.deploy("first", {"read", "take"});
    BOOST_TEST(host.send("GET", "/readyz").status == 200U);
    host.send("PUT", "/api/graphs/draft", test_host::graph("draft", {"read", "take"}));
    BOOST_TEST(host.send("GET", "/readyz").status == 200U);
    host.graphs.stop("first");
    const response stopped = host.send("GET", "/readyz");
    BOOST_TEST(stopped.status == 503U);
    BOOST_TEST(body_of(stopped).at("causes").at(0).at("cause").as_string() == "stopped");
    BOOST_TEST(body_of(stopped).at("causes").at(0).at("graph").as_string() == "first");
}

BOOST_AUTO_TEST_CASE(a_node_that_gave_up_makes_the_host_unready_by_name)
{
    test_host host;
    host.deploy("first", {"read", "quit", "take"});
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    const auto running = host.graphs.running("first");
    while (running->failed_nodes().empty() && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    BOOST_TEST_REQUIRE(!running->failed_nodes().empty());
    auto probe = make_request("GET", "/readyz");
    probe.is_foreign = true;
    const response curt = host.send(std::move(probe));
    BOOST_TEST(curt.status == 503U);
    BOOST_TEST(body_of(curt).at("causes").as_array().empty());
    const response unready = host.send("GET", "/readyz");
    BOOST_TEST(unready.status == 503U);
    const json::value cause = body_of(unready).at("causes").at(0);
    BOOST_TEST(cause.at("node").as_string() == "quit");
    const std::string error(cause.at("last_error").as_string());
    BOOST_TEST((error.find("told to quit") != std::string::npos), error);
    BOOST_TEST(cause.as_object().contains("since"));
    // Intake goes on until the quota is full.
    BOOST_TEST(host.send("POST", "/data", "x", {{"Content-Type", "text/plain"}}).status == 202U);
}

BOOST_AUTO_TEST_CASE(a_node_that_waits_for_what_is_unavailable_is_named_and_intake_goes_on)
{
    engine_options small;
    small.pending.entries = 2;
    test_host host(small);
    host.deploy("first", {"read", "away"});
    const auto push = [&] {
        return host.send("POST", "/data", "x", {{"Content-Type", "text/plain"}});
    };
    BOOST_TEST(push().status == 202U);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    const auto running = host.graphs.running("first");
    while (running->retrying_nodes().empty() && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    const response ready = host.send("GET", "/readyz");
    BOOST_TEST(ready.status == 200U);
    for (const response& answer : {ready, host.send("GET", "/api/graphs/first/state")})
    {
        const json::value cause = body_of(answer).at("causes").at(0);
        BOOST_TEST(cause.at("cause").as_string() == "unavailable");
        BOOST_TEST(cause.at("node").as_string() == "away");
        BOOST_TEST(cause.at("last_error").as_string() == "nobody is there");
        BOOST_TEST(cause.at("attempt") == 1);
        BOOST_TEST(cause.as_object().contains("since"));
        BOOST_TEST(cause.as_object().contains("next_try"));
    }
    BOOST_TEST(push().status == 202U);
    BOOST_TEST(host.send("GET", "/readyz").status == 503U);
    const response full = push();
    BOOST_TEST(full.status == 429U);
    const std::string detail(body_of(full).at("detail").as_string());
    BOOST_TEST((detail.find("nobody is there") != std::string::npos), detail);
}

BOOST_AUTO_TEST_CASE(a_full_graph_is_not_ready_and_its_state_says_why)
{
    engine_options full;
    full.pending.entries = 1;
    test_host host(full);
    host.deploy("first", {"read", "hold"});
    host.send("POST", "/data", "x", {{"Content-Type", "text/plain"}});
    const json::value ready = body_of(host.send("GET", "/readyz"));
    BOOST_TEST(ready.at("causes").at(0).at("cause").as_string() == "full");
    const json::value state = body_of(host.send("GET", "/api/graphs/first/state"));
    BOOST_TEST(state.at("causes").at(0).at("cause").as_string() == "full");
    BOOST_TEST(state.at("pending").at("entries") == 1);
}

BOOST_AUTO_TEST_CASE(a_graph_that_moves_nothing_is_ready_and_says_who_waits_for_whom)
{
    engine_options impatient;
    impatient.limits.standstill = std::chrono::milliseconds(20);
    test_host host(impatient);
    host.deploy("first", {"read", "hold"});
    host.send("POST", "/data", "x", {{"Content-Type", "text/plain"}});
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    const auto running = host.graphs.running("first");
    while (running->standstills().empty() && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    for (const char* const target : {"/readyz", "/api/graphs/first/state"})
    {
        const response answer = host.send("GET", target);
        BOOST_TEST(answer.status == 200U);
        const json::array causes = body_of(answer).at("causes").as_array();
        BOOST_TEST_REQUIRE(causes.size() == 1U);
        BOOST_TEST(causes.front().at("cause").as_string() == "standstill");
        const std::string detail(causes.front().at("detail").as_string());
        BOOST_TEST(
            (detail.find(R"("hold" waits for packets at "in" from "read")") != std::string::npos),
            detail);
    }
}

BOOST_AUTO_TEST_CASE(metrics_have_one_head_a_family_and_count_packets)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    host.send("POST", "/data?ack=processed", "x", {{"Content-Type", "text/plain"}});
    const response answer = host.send("GET", "/metrics");
    BOOST_TEST(answer.headers.value("Content-Type") == "text/plain; version=0.0.4; charset=utf-8");
    std::istringstream lines(answer.body);
    std::set<std::string> all;
    for (std::string line; std::getline(lines, line);)
        BOOST_TEST(all.insert(line).second, "twice: " << line);
    for (const char* line :
         {"# TYPE penstock_accepted_entries_total counter",
          "penstock_accepted_entries_total{graph=\"first\"} 1",
          "penstock_node_received_packets_total{graph=\"first\",node=\"take\"} 1",
          "penstock_edge_packets_total{graph=\"first\",node=\"take\",port=\"in\","
          "from=\"read.out\"} 1",
          "penstock_graph_running{graph=\"first\"} 1", "penstock_dead_letters 0",
          "# TYPE penstock_component_door_take_taken_total counter",
          "# HELP penstock_component_door_take_taken_total Packets that were taken.",
          "penstock_component_door_take_taken_total{graph=\"first\",node=\"take\"} 1",
          "penstock_component_door_take_full{graph=\"first\",node=\"take\"} 0.25",
          "# TYPE penstock_component_door_take_sizes histogram",
          "penstock_component_door_take_sizes_bucket{graph=\"first\",node=\"take\",le=\"0.5\"} 0",
          "penstock_component_door_take_sizes_bucket{graph=\"first\",node=\"take\",le=\"4\"} 1",
          "penstock_component_door_take_sizes_bucket{graph=\"first\",node=\"take\",le=\"+Inf\"} 1",
          "penstock_component_door_take_sizes_sum{graph=\"first\",node=\"take\"} 1",
          "penstock_component_door_take_sizes_count{graph=\"first\",node=\"take\"} 1"})
        BOOST_TEST(all.contains(line), "missing: " << line);
}

BOOST_AUTO_TEST_CASE(the_description_knows_every_route)
{
    test_host host;
    const json::value described = body_of(host.send("GET", "/openapi.json"));
    BOOST_TEST(described.at("openapi").as_string() == "3.1.0");
    const json::object& paths = described.at("paths").as_object();
    for (const char* path : {"/data",
                             "/data/{route}",
                             "/data/{route}/{id}",
                             "/graphs/{graph}/data/{route}/{id}",
                             "/receipts/{id}",
                             "/api/components",
                             "/api/components/{package}/{name}",
                             "/api/graphs",
                             "/api/graphs/{name}",
                             "/api/graphs/{name}/validate",
                             "/api/graphs/{name}/deploy",
                             "/api/graphs/{name}/stop",
                             "/api/graphs/{name}/state",
                             "/api/graphs/{name}/stats",
                             "/api/dead-letters",
                             "/api/dead-letters/{id}",
                             "/livez",
                             "/readyz",
                             "/metrics",
                             "/openapi.json",
                             "/"})
        BOOST_TEST(paths.contains(path), path << " is missing");
    const json::value& put = paths.at("/data/{route}/{id}").at("put");
    BOOST_TEST(put.at("parameters").as_array().size() == 4U);
    BOOST_TEST(put.at("responses").as_object().contains("202"));
}

BOOST_AUTO_TEST_CASE(the_page_for_people_runs_nothing_from_elsewhere)
{
    test_host host;
    const response page = host.send("GET", "/");
    BOOST_TEST(page.status == 200U);
    BOOST_TEST(page.headers.value("Content-Type") == "text/html; charset=utf-8");
    BOOST_TEST(page.headers.value("Content-Security-Policy").starts_with("default-src 'none'"));
}

BOOST_AUTO_TEST_CASE(an_unknown_path_is_a_problem)
{
    test_host host;
    const response answer = host.send("GET", "/nothing");
    BOOST_TEST(answer.status == 404U);
    BOOST_TEST(body_of(answer).at("where").as_string() == "/nothing");
    BOOST_TEST(host.send("POST", "/metrics").status == 405U);
}

BOOST_AUTO_TEST_SUITE_END()
