// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Hosts that write to a topic of an MQTT broker and read from one, while broker and hosts end.
#include "surviving_brokers.hpp"

#include "tests/plugins/mqtt/mqtt_server.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>

BOOST_AUTO_TEST_SUITE(mqtt_hosts)

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

// Mosquitto keeps what it has when it is told to end; killed, it loses what it had not saved.
broker_of_test broker_on(mqtt_server& server, const mqtt_listener& out)
{
    const std::string at = R"({"urls": [")" + server.url() + R"("], )";
    const auto written = [&out]
    {
        counted all;
        for (const topic_text& each : out.heard())
            all.add(penstock::parse_json(each.body).at("n").as_int64(), each.more.at("message_id"));
        return all;
    };
    return {.source = "mqtt/source",
            .source_params = at + R"("topics": ["in"], "client": "worker"})",
            .publisher = "mqtt/publish",
            .publisher_params = at + R"("topic": "out"})",
            .start = [&server] { server.start(); },
            .kill = [&server] { server.terminate(); },
            .put = [&server](int begin, int end) { server.put_numbers("in", begin, end); },
            .count = [written] { return written().size(); },
            .written = written,
            .has_all_acknowledged = [] { return true; }};
}

// Takes what is there, and holds it until a gate is opened.
std::string holding(const mqtt_server& server, const gate& until)
{
    return graph("worker",
                 {{"take", "mqtt/source",
                   R"({"urls": [")" + server.url() + R"("], "topics": ["in"], "client": "worker",
                       "prefetch": 10})"},
                  {"hold", "gate/hold", R"({"path": ")" + until.path() + "\"}"}},
                 {{"take.out", "hold.in"}});
}

} // namespace

BOOST_AUTO_TEST_CASE(nothing_is_lost_when_the_broker_ends_and_the_host_is_killed)
{
    mqtt_server server;
    server.start();
    server.subscribe("worker", "in");
    const mqtt_listener out(server, "out");
    const counted found = check_that_nothing_is_lost(broker_on(server, out));
    BOOST_TEST_MESSAGE(found.again() << " came again");
    BOOST_TEST(found.size() == 10'000U);
    BOOST_TEST(found.with_other_ids() == 0U);
}

BOOST_AUTO_TEST_CASE(requests_wait_while_the_broker_is_away)
{
    mqtt_server server;
    server.start();
    const mqtt_listener out(server, "out");
    check_that_requests_wait(broker_on(server, out));
}

BOOST_AUTO_TEST_CASE(what_a_killed_host_had_comes_again_and_no_more_is_read_than_may_be_held)
{
    mqtt_server server;
    server.start();
    server.subscribe("worker", "in");
    server.put_numbers("in", 0, 30);
    const scratch home;
    {
        const gate closed(home, "first");
        live_host first(home, {home.write("g.json", holding(server, closed)), "--packages",
                               gate_folder(), "--lanes", "1"});
        BOOST_TEST(eventually([&] { return first.account_of("worker").accepted == 10; }));
        first.child().signal(SIGKILL);
        (void)first.child().wait();
    }
    gate open(home, "second");
    open.open();
    live_host second(home, {home.write("g.json", holding(server, open)), "--packages",
                            gate_folder(), "--lanes", "1"});
    BOOST_TEST(eventually([&] { return second.account_of("worker").done == 30; }));
    BOOST_TEST(second.settle("worker").dead == 0U);
    BOOST_TEST(second.stop().code == 0);
}

BOOST_AUTO_TEST_CASE(a_source_subscribes_again_where_a_killed_broker_has_lost_its_session)
{
    mqtt_server server;
    server.start();
    server.subscribe("worker", "in");
    server.put_numbers("in", 0, 10);
    const scratch home;
    gate open(home, "gate");
    open.open();
    live_host host(home, {home.write("g.json", holding(server, open)), "--packages", gate_folder(),
                          "--lanes", "1"});
    BOOST_TEST(eventually([&] { return host.account_of("worker").done == 10; }));
    server.kill();
    server.start();
    const auto hears_again = [&]
    {
        server.put_numbers("in", 10, 11);
        return host.account_of("worker").done > 10;
    };
    BOOST_TEST(eventually(hears_again, std::chrono::seconds(30)));
    BOOST_TEST(host.settle("worker").dead == 0U);
    BOOST_TEST(host.stop().code == 0);
}

BOOST_AUTO_TEST_SUITE_END()
