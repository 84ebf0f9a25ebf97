// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"
#include "pulse.hpp"

#include "tests/host/net/websocket/websocket_client.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <deque>
#include <stdexcept>
#include <string>

using namespace penstock::e2e;
using penstock::host::http::testing::websocket_client;
namespace json = penstock::json;

namespace
{

constexpr const char* live = "/api/live?graph=shown";
constexpr const char* the_edge = "mark.out>answer.in";

std::string marking(const std::string& mark)
{
    return graph("shown",
                 {{"read", "json/read"},
                  {"mark", "fields/set", R"({"field": "mark", "value": ")" + mark + "\"}"},
                  {"answer", "http/reply"}},
                 {{"read.out", "mark.in"}, {"mark.out", "answer.in"}});
}

struct shown_host
{
    shown_host() : host(home, {home.write("shown.json", marking("old")), "--lanes", "2"}) {}

    void push(const std::string& body)
    {
        BOOST_TEST(host->post("/data?ack=processed", "application/json", body).status == 200U);
    }

    websocket_client client() { return {host.port(), live}; }

    scratch home;
    live_host host;
};

std::string tap(const std::string& edge, const std::string& more = {})
{
    return R"({"type": "tap", "edge": ")" + edge + "\"" + more + "}";
}

// Sends a wish, and waits until it was heard: what is no wish is answered in turn.
void tell(websocket_client& client, const std::string& wish)
{
    client.send(wish);
    client.send("heard?");
    client.wait_for("problem");
}

// Waits until stats tell so much of an edge.
bool tells(websocket_client& client, const std::string& edge, std::uint64_t total)
{
    client.wait_for(
        [&](const json::object& message)
        {
            const auto* edges = message.if_contains("edges");
            const auto* numbers = edges == nullptr ? nullptr : edges->as_object().if_contains(edge);
            return numbers != nullptr && numbers->at(3).to_number<std::uint64_t>() == total;
        });
    return true;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(live_view, shown_host)

BOOST_AUTO_TEST_CASE(a_client_hears_the_state_and_then_the_counters)
{
    push(R"([{"a": 1}, {"a": 2}])");
    auto watcher = client();
    const json::value state = watcher.wait_for("state");
    BOOST_TEST(state.at("state") == "running");
    BOOST_TEST(state.at("lanes") == 2);
    BOOST_TEST('"' + text_of(state.at("revision")) + '"' ==
               host->ask("GET", "/api/graphs/shown").headers.value("ETag"));
    const json::value stats = watcher.wait_for("stats");
    BOOST_TEST(stats.at("nodes").at("mark").at(2) == 2);
    BOOST_TEST(stats.at("edges").at(the_edge).at(3) == 2);
    push(R"({"a": 3})");
    BOOST_TEST(tells(watcher, the_edge, 3));
}

BOOST_AUTO_TEST_CASE(at_rest_the_counters_are_those_of_the_stats_route)
{
    auto watcher = client();
    for (int i = 0; i < 100; ++i)
        push(R"({"a": 1})");
    BOOST_TEST(tells(watcher, the_edge, 100));
    BOOST_TEST(host->get("/api/graphs/shown/stats").at("edges").at(1).at("packets") == 100);
}

BOOST_AUTO_TEST_CASE(a_tap_shows_the_packets_of_its_edge)
{
    auto watcher = client();
    tell(watcher, tap(the_edge));
    push(R"({"a": 1})");
    const json::value shown = watcher.wait_for("packet");
    BOOST_TEST(shown.at("edge") == the_edge);
    BOOST_TEST(shown.at("seq") == 1);
    BOOST_TEST(shown.at("packet").at("fields").at("mark") == "old");
    BOOST_TEST(shown.at("packet").at("meta").at("mimetype") == "application/json");
    BOOST_TEST(shown.at("size").to_number<std::size_t>() > 0U);
    BOOST_TEST(!shown.as_object().contains("truncated"));
    tell(watcher, R"({"type": "untap", "edge": "mark.out>answer.in"})");
    push(R"({"a": 2})");
    BOOST_TEST(tells(watcher, the_edge, 2)); // and no packet came before that
}

BOOST_AUTO_TEST_CASE(a_tap_names_the_request_that_a_packet_was_made_from)
{
    auto watcher = client();
    watcher.send(tap(the_edge));
    BOOST_TEST(watcher.wait_for("tapped").at("edge") == the_edge);
    const response sent = host->post("/data?ack=processed", "application/json", R"({"a": 1})");
    const json::value shown = watcher.wait_for("packet");
    BOOST_TEST(shown.at("receipts") == json::array{body_of(sent).at("receipt")});
}

BOOST_AUTO_TEST_CASE(the_loads_of_the_lanes_add_up_to_what_passed)
{
    for (int i = 0; i < 20; ++i)
        push(R"([{"a": 1}, {"a": 2}])");
    const json::value stats = host->get("/api/graphs/shown/stats");
    const json::array& lanes = stats.at("lanes").as_array();
    BOOST_TEST_REQUIRE(lanes.size() == 2U);
    std::uint64_t packets = 0;
    for (const json::value& lane : lanes)
    {
        packets += lane.at("packets").to_number<std::uint64_t>();
        BOOST_TEST(lane.at("waiting") == 0);
        BOOST_TEST(lane.at("pending") == 0);
    }
    BOOST_TEST(packets == 80U); // 40 packets, two edges
}

BOOST_AUTO_TEST_CASE(a_tap_goes_on_across_a_deployment)
{
    auto watcher = client();
    tell(watcher, tap(the_edge));
    push(R"({"a": 1})");
    BOOST_TEST(watcher.wait_for("packet").at("packet").at("fields").at("mark") == "old");
    BOOST_TEST(host->post("/api/graphs/shown/deploy", "application/json", marking("new")).status ==
               200U);
    push(R"({"a": 2})");
    BOOST_TEST(watcher.wait_for("packet").at("packet").at("fields").at("mark") == "new");
}

BOOST_AUTO_TEST_CASE(a_tap_drops_what_is_over_its_rate_and_says_how_much)
{
    auto watcher = client();
    tell(watcher, tap(the_edge, R"(, "rate": 5)"));
    std::string many = "[";
    for (int i = 0; i < 1000; ++i)
        many += (i == 0 ? "{\"a\": " : ", {\"a\": ") + std::to_string(i) + "}";
    push(many + "]");
    std::uint64_t shown = 0;
    std::uint64_t dropped = 0;
    watcher.wait_for(
        [&](const json::object& message)
        {
            shown += message.at("type") == "packet";
            if (message.at("type") == "tap_dropped")
                dropped += message.at("n").to_number<std::uint64_t>();
            return shown + dropped == 1000;
        });
    BOOST_TEST(shown >= 5U);
    BOOST_TEST(dropped > 900U);
}

BOOST_AUTO_TEST_CASE(a_long_packet_is_cut)
{
    auto watcher = client();
    tell(watcher, tap(the_edge, R"(, "max_bytes": 100)"));
    push(R"({"a": ")" + std::string(10'000, 'x') + "\"}");
    const json::value shown = watcher.wait_for("packet");
    BOOST_TEST(shown.at("truncated") == true);
    BOOST_TEST(penstock::write_json(shown.at("packet")).size() < 400U);
}

BOOST_AUTO_TEST_CASE(a_wish_that_cannot_be_met_is_a_problem)
{
    auto watcher = client();
    for (const std::string& wish :
         {std::string("{"), std::string("[]"), std::string(R"({"type": "dance"})"),
          tap("mark.out>nowhere.in"), tap(the_edge, R"(, "rate": 0)"),
          tap(the_edge, R"(, "rate": 1000000)"), tap(the_edge, R"(, "max_bytes": "all")")})
    {
        watcher.send(wish);
        BOOST_TEST(!text_of(watcher.wait_for("problem").at("detail")).empty());
    }
}

BOOST_AUTO_TEST_CASE(what_a_node_logs_is_shown)
{
    auto watcher = client();
    watcher.wait_for("state");
    const std::string broken = graph(
        "shown", {{"read", "json/read"}, {"write", "files/write", R"({"path": "/dev/full"})"}},
        {{"read.out", "write.in"}});
    BOOST_TEST(host->post("/api/graphs/shown/deploy", "application/json", broken).status == 200U);
    BOOST_TEST(host->post("/data", "application/json", R"({"a": 1})").status == 202U);
    // On a busy machine the host may complain first that a node takes long.
    const json::value line = watcher.wait_for(
        [](const json::object& message)
        {
            return message.at("type") == "log" && message.contains("node") &&
                   message.at("node") == "write";
        });
    BOOST_TEST(line.at("level") == "warning");
    BOOST_TEST(!text_of(line.at("message")).empty());
}

BOOST_AUTO_TEST_CASE(a_stop_is_told)
{
    auto watcher = client();
    watcher.wait_for("state");
    BOOST_TEST(host->ask("POST", "/api/graphs/shown/stop").status == 200U);
    watcher.wait_for([](const json::object& message)
                     { return message.at("type") == "state" && message.at("state") == "stopped"; });
}

BOOST_AUTO_TEST_CASE(a_deleted_graph_ends_the_conversation)
{
    auto watcher = client();
    tell(watcher, tap(the_edge));
    BOOST_TEST(host->ask("DELETE", "/api/graphs/shown").status == 204U);
    watcher.wait_for("problem");
    while (watcher.receive())
        ;
    BOOST_TEST(watcher.closed_with() == 1008U);
}

BOOST_AUTO_TEST_CASE(who_watches_does_not_keep_the_host_from_ending)
{
    auto watcher = client();
    tell(watcher, tap(the_edge));
    BOOST_TEST(host.stop().code == 0);
    while (watcher.receive())
        ;
    BOOST_TEST(watcher.closed_with() == 1001U);
}

BOOST_AUTO_TEST_CASE(a_graph_that_is_not_there_and_a_page_that_is_foreign_are_refused)
{
    BOOST_CHECK_THROW(websocket_client(host.port(), "/api/live?graph=other"), std::runtime_error);
    BOOST_CHECK_THROW(websocket_client(host.port(), live, "https://evil.example"),
                      std::runtime_error);
    BOOST_TEST(host->ask("GET", live).status == 426U);
    BOOST_TEST(host->ask("GET", "/api/live").status == 400U);
    BOOST_TEST(host->ask("POST", live).status == 405U);
}

BOOST_AUTO_TEST_CASE(watchers_that_go_leave_nothing_behind)
{
    push(R"({"a": 1})");
    const footprint before = host.measure();
    for (int i = 0; i < 20; ++i)
    {
        auto watcher = client();
        watcher.send(tap(the_edge));
        watcher.wait_for("stats");
    }
    BOOST_TEST(host.shrinks_to(before));
}

BOOST_AUTO_TEST_CASE(an_edge_is_looked_at_by_so_many_and_no_more)
{
    std::deque<websocket_client> clients;
    for (int i = 0; i < 16; ++i)
    {
        clients.emplace_back(host.port(), live);
        tell(clients.back(), tap(the_edge));
    }
    websocket_client late = client();
    late.send(tap(the_edge));
    const json::value told = late.wait_for("problem");
    BOOST_TEST(text_of(told.at("detail")) ==
               "edge: too many taps on this edge; at most 16 were expected");
}

BOOST_AUTO_TEST_CASE(as_many_viewers_as_an_edge_may_have_keep_nobody_waiting)
{
    std::deque<websocket_client> clients;
    for (int i = 0; i < 16; ++i)
    {
        clients.emplace_back(host.port(), live);
        tell(clients.back(), tap(the_edge, R"(, "rate": 1000, "max_bytes": 65536)"));
    }
    const std::string document = R"({"text": ")" + std::string(10'000, 'x') + "\"}\n";
    std::string many;
    for (int i = 0; i < 200; ++i)
        many += document;
    pulse heart(host.port());
    for (int i = 0; i < 10; ++i)
        BOOST_TEST(
            host->post("/data?ack=processed&wait=60s", "application/x-ndjson", many).status ==
            200U);
    heart.must_have_been_steady();
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(live_limits)

BOOST_AUTO_TEST_CASE(a_client_taps_as_many_edges_as_it_may)
{
    const scratch home;
    live_host host(home, {home.write("shown.json", marking("old")), "--taps", "1"});
    websocket_client watcher(host.port(), live);
    tell(watcher, tap(the_edge));
    watcher.send(tap("read.out>mark.in"));
    BOOST_TEST(has(text_of(watcher.wait_for("problem").at("detail")), "too many taps"));
    tell(watcher, R"({"type": "untap", "edge": "mark.out>answer.in"})");
    tell(watcher, tap("read.out>mark.in"));
    BOOST_TEST(host->post("/data?ack=processed", "application/json", "{}").status == 200U);
    BOOST_TEST(watcher.wait_for("packet").at("edge") == "read.out>mark.in");
}

BOOST_AUTO_TEST_CASE(watchers_count_among_the_connections)
{
    const scratch home;
    live_host host(home, {home.write("shown.json", marking("old")), "--connections", "2"});
    BOOST_TEST(host->ask("GET", "/livez").status == 200U); // the first one, which is kept
    websocket_client watcher(host.port(), live);
    watcher.wait_for("stats");
    BOOST_CHECK_THROW(websocket_client(host.port(), live), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()
