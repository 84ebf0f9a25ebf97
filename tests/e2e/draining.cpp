// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <signal.h>

// From SIGTERM to the end of the host.
BOOST_AUTO_TEST_SUITE(draining)

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

std::string gated_graph(const std::string& pipe, const std::string& asked = {})
{
    return graph(
        "gated",
        {{"read", "json/read"},
         {"hold", "gate/hold", R"({"path": ")" + pipe + R"(", "asked": ")" + asked + "\"}"}},
        {{"read.out", "hold.in"}});
}

const std::string post_of_empty_object = "POST /data?ack=memory HTTP/1.1\r\nHost: localhost\r\n"
                                         "Content-Type: application/json\r\n"
                                         "Content-Length: 2\r\n\r\n{}";

std::vector<std::string> causes_in(const response& answer)
{
    std::vector<std::string> causes;
    const json::value told = body_of(answer);
    for (const json::value& each : told.at("causes").as_array())
        causes.push_back(text_of(each.at("cause")));
    return causes;
}

bool holds(const std::vector<std::string>& list, const std::string& wanted)
{
    return std::find(list.begin(), list.end(), wanted) != list.end();
}

} // namespace

BOOST_AUTO_TEST_CASE(a_host_that_drains_answers_new_requests_with_503_and_tells_of_its_health)
{
    const scratch home;
    gate held(home, "gate");
    live_host host(home,
                   {home.write("g.json", gated_graph(held.path())), "--packages", gate_folder()});
    raw_client before = host.connect();
    before.send(post_of_empty_object);
    BOOST_TEST(before.read_answer().status == 202U);
    host.child().signal(SIGTERM);
    host.child().wait_for("stopping");
    raw_client after = host.connect();
    for (raw_client* each : {&before, &after})
    {
        each->send(post_of_empty_object);
        const auto answer = each->read_answer();
        BOOST_TEST(answer.status == 503U);
        BOOST_TEST(answer.has("Connection: close"), answer.head);
        BOOST_TEST(has(answer.head, "\r\nRetry-After: "), answer.head);
        BOOST_TEST(has(answer.body, "the host is stopping"), answer.body);
        BOOST_TEST(each->read_to_end().value() == "");
    }
    BOOST_TEST(host->ask("GET", "/livez").status == 200U);
    const response ready = host->ask("GET", "/readyz");
    BOOST_TEST(ready.status == 503U);
    BOOST_TEST(holds(causes_in(ready), "stopping"), ready.body);
    BOOST_TEST(host->ask("GET", "/api/graphs/gated/stats").status == 200U); // how far it is
    BOOST_TEST(host->ask("POST", "/api/graphs/gated/deploy").status == 503U);
    BOOST_TEST(host->ask("GET", "/data").status == 503U);
    held.open();
    const ended end = host.child().wait();
    BOOST_TEST(end.code == 0, end.err);
    BOOST_TEST(has(end.err, "gated: 1 accepted, 1 delivered"), end.err);
}

BOOST_AUTO_TEST_CASE(a_request_that_is_kept_for_the_next_start_is_202_at_the_end)
{
    const scratch home;
    const gate held(home, "gate");
    live_host host(home, {home.write("g.json", gated_graph(held.path())), "--packages",
                          gate_folder(), "--drain", "200ms"});
    raw_client kept = host.connect();
    kept.send("POST /data?ack=processed&wait=1m HTTP/1.1\r\nHost: localhost\r\n"
              "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    BOOST_REQUIRE(eventually([&] { return host.account_of("gated").accepted == 1; }));
    host.child().signal(SIGTERM);
    const auto answer = kept.read_answer();
    BOOST_TEST(answer.status == 202U);
    BOOST_TEST(answer.has("Penstock-Durability: durable"), answer.head);
    BOOST_TEST(answer.has("Connection: close"), answer.head);
    const ended end = host.child().wait();
    BOOST_TEST(end.code == 1, end.err);
}

BOOST_AUTO_TEST_CASE(a_request_that_is_lost_with_the_end_is_503_and_not_202)
{
    const scratch home;
    const gate held(home, "gate");
    live_host host(home,
                   {home.write("g.json", gated_graph(held.path())), "--packages", gate_folder(),
                    "--drain", "200ms", "--journal", "memory", "--ack", "memory"});
    raw_client lost = host.connect();
    lost.send("POST /data?ack=processed&wait=1m HTTP/1.1\r\nHost: localhost\r\n"
              "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    BOOST_REQUIRE(eventually([&] { return host.account_of("gated").accepted == 1; }));
    host.child().signal(SIGTERM);
    const auto answer = lost.read_answer();
    BOOST_TEST(answer.status == 503U);
    BOOST_TEST(has(answer.body, "not kept"), answer.body);
    BOOST_TEST(host.child().wait().code == 1);
}

BOOST_AUTO_TEST_CASE(a_graph_that_is_being_reloaded_without_end_does_not_keep_the_host)
{
    const scratch home;
    const gate held(home, "gate");
    const gate never(home, "never");
    live_host host(home, {home.write("g.json", gated_graph(held.path())), "--packages",
                          gate_folder(), "--drain", "200ms"});
    home.write("g.json", gated_graph(held.path(), never.path()));
    host.child().signal(SIGHUP);
    BOOST_REQUIRE(eventually([&] { return std::filesystem::exists(never.path() + ".begun"); }));
    host.child().signal(SIGTERM);
    const ended end = host.child().wait();
    BOOST_TEST(end.code == 0, end.err);
    BOOST_TEST(has(end.err, "stopping though a graph is still being started"), end.err);
}

BOOST_AUTO_TEST_CASE(a_graph_that_is_being_deployed_without_end_does_not_keep_the_host)
{
    const scratch home;
    const gate held(home, "gate");
    const gate never(home, "never");
    live_host host(home,
                   {home.write("g.json", gated_graph(held.path())), "--packages", gate_folder()});
    raw_client deploying = host.connect();
    const std::string text = gated_graph(held.path(), never.path());
    deploying.send("POST /api/graphs/gated/deploy HTTP/1.1\r\nHost: localhost\r\n"
                   "Content-Type: application/json\r\nContent-Length: " +
                   std::to_string(text.size()) + "\r\n\r\n" + text);
    BOOST_REQUIRE(eventually([&] { return std::filesystem::exists(never.path() + ".begun"); }));
    host.child().signal(SIGTERM);
    const auto answer = deploying.read_answer();
    BOOST_TEST(answer.status == 503U);
    BOOST_TEST(has(answer.body, "the host ends"), answer.body);
    const ended end = host.child().wait();
    BOOST_TEST(end.code == 0, end.err);
    BOOST_TEST(has(end.err, "work for a request has not ended, and is left behind"), end.err);
}

BOOST_AUTO_TEST_SUITE_END()
