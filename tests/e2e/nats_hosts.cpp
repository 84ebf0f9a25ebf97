// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Hosts that write to a stream of NATS JetStream and read from one, while server and hosts are
// killed.
#include "surviving_brokers.hpp"

#include "tests/plugins/nats/nats_server.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(nats_hosts)

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

// The server syncs every two minutes; a kill alone loses nothing.
broker_of_test broker_on(nats_server& server)
{
    const std::string at = R"({"urls": [")" + server.url() + R"("], )";
    return {.source = "nats/source",
            .source_params = at + R"("stream": "in", "consumer": "workers", "in_flight": 50,
                                     "ack_wait": "1s"})",
            .publisher = "nats/publish",
            .publisher_params = at + R"("subject": "out"})",
            .start = [&server] { server.start(); },
            .kill = [&server] { server.kill(); },
            .put = [&server](int begin, int end) { server.put_numbers("in", begin, end); },
            .count = [&server] { return server.size("out"); },
            .written =
                [&server]
            {
                counted all;
                for (const stream_text& each : server.messages("out"))
                    all.add(penstock::parse_json(each.body).at("n").as_int64(),
                            each.headers.at("Nats-Msg-Id"));
                return all;
            },
            .has_all_acknowledged = [&server] { return server.open("in", "workers") == 0; }};
}

} // namespace

BOOST_AUTO_TEST_CASE(nothing_is_lost_and_nothing_stored_twice_when_server_and_host_are_killed)
{
    nats_server server;
    server.start();
    server.make_stream("in");
    server.make_stream("out");
    const counted found = check_that_nothing_is_lost(broker_on(server));
    BOOST_TEST(found.size() == 10'000U);
    BOOST_TEST(found.with_other_ids() == 0U);
    BOOST_TEST(found.again() == 0); // by their ids
}

BOOST_AUTO_TEST_CASE(requests_wait_while_the_server_is_away)
{
    nats_server server;
    server.start();
    server.make_stream("out");
    check_that_requests_wait(broker_on(server));
}

// A sink that is away for longer than the server waits: signs of life are given meanwhile, nothing is
// read beyond in_flight, and another member of the consumer gets the others.
BOOST_AUTO_TEST_CASE(what_is_under_way_is_not_given_out_again_and_nothing_more_is_read)
{
    nats_server server;
    server.start();
    server.make_stream("in");
    server.put_numbers("in", 0, 300);
    const scratch home;
    gate closed(home, "gate");
    const std::string params = R"({"urls": [")" + server.url() +
                               R"("], "stream": "in", "consumer": "workers", "in_flight": 100,
                                   "ack_wait": "600ms"})";
    live_host host(
        home, {home.write("g.json",
                          graph("worker",
                                {{"take", "nats/source", params},
                                 {"read", "json/read"},
                                 {"hold", "gate/hold", R"({"path": ")" + closed.path() + "\"}"}},
                                {{"take.out", "read.in"}, {"read.out", "hold.in"}})),
               "--packages", gate_folder(), "--lanes", "1"});
    BOOST_TEST(eventually([&] { return host.account_of("worker").accepted == 100; }));
    const auto begin = clock::now();
    while (clock::now() - begin < std::chrono::seconds(2))
        if (const std::string to_another = server.next("in", "workers"); !to_another.empty())
            BOOST_TEST_REQUIRE(
                penstock::parse_json(to_another).at("n").to_number<std::uint64_t>() >= 100U);
    BOOST_TEST(host.account_of("worker").accepted == 100U);
    closed.open();
    BOOST_TEST(eventually([&] { return host.account_of("worker").done >= 300; }));
    BOOST_TEST(eventually([&] { return server.open("in", "workers") == 0; }));
    BOOST_TEST(host.settle("worker").dead == 0U);
    BOOST_TEST(host.stop().code == 0);
}

BOOST_AUTO_TEST_SUITE_END()
