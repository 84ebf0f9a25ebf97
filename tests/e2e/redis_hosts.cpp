// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Hosts that write to a stream of Redis and read from one, while the server and hosts are killed.
#include "surviving_brokers.hpp"

#include "tests/plugins/redis/redis_server.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(redis_hosts)

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

broker_of_test broker_on(redis_server& server)
{
    const std::string at = R"({"urls": [")" + server.url() + R"("], )";
    return {.source = "redis/source",
            .source_params =
                at + R"("stream": "in", "group": "workers", "consumer": "one", "in_flight": 50})",
            .publisher = "redis/publish",
            .publisher_params = at + R"("stream": "out"})",
            .start = [&server] { server.start(); },
            .kill = [&server] { server.kill(); },
            .put = [&server](int begin, int end) { server.put_numbers("in", begin, end); },
            .count =
                [&server] {
                    return std::stoul(server.ask({"XLEN", "out"}).front());
                },
            .written =
                [&server]
            {
                counted all;
                for (const auto& each : server.entries("out"))
                    all.add(std::stol(each.at("n")), each.at("message_id"));
                return all;
            },
            .has_all_acknowledged = [&server] { return server.pending("in", "workers") == 0; }};
}

} // namespace

BOOST_AUTO_TEST_CASE(nothing_is_lost_when_server_and_host_are_killed)
{
    redis_server server;
    server.start();
    const counted found = check_that_nothing_is_lost(broker_on(server));
    BOOST_TEST_MESSAGE(found.again() << " came again");
    BOOST_TEST(found.size() == 10'000U);
    BOOST_TEST(found.with_other_ids() == 0U);
}

BOOST_AUTO_TEST_CASE(requests_wait_while_the_server_is_away)
{
    redis_server server;
    server.start();
    check_that_requests_wait(broker_on(server));
}

// A sink that is away for longer than others wait: signs of life are given meanwhile, and nothing
// is read beyond in_flight.
BOOST_AUTO_TEST_CASE(what_is_under_way_stays_with_its_consumer_and_nothing_more_is_read)
{
    redis_server server;
    server.start();
    server.put_numbers("in", 0, 300);
    const scratch home;
    gate closed(home, "gate");
    const std::string params = R"({"urls": [")" + server.url() +
                               R"("], "stream": "in", "group": "workers", "consumer": "slow",
                                   "in_flight": 100, "claim_after": "600ms"})";
    live_host host(
        home, {home.write("g.json",
                          graph("worker",
                                {{"take", "redis/source", params},
                                 {"read", "json/read"},
                                 {"hold", "gate/hold", R"({"path": ")" + closed.path() + "\"}"}},
                                {{"take.out", "read.in"}, {"read.out", "hold.in"}})),
               "--packages", gate_folder(), "--lanes", "1"});
    BOOST_TEST(eventually([&] { return host.account_of("worker").accepted == 100; }));
    BOOST_TEST(server.pending("in", "workers") == 100U);
    server.kill(); // of which the source, which does not read, does not hear
    server.start();
    const auto is_free = [&]
    {
        return server
                   .ask({"XAUTOCLAIM", "in", "workers", "other", "600", "0-0", "COUNT", "1000",
                         "JUSTID"})
                   .size() > 1;
    };
    BOOST_TEST(eventually([&] { return !is_free(); }));
    const auto begin = clock::now();
    while (clock::now() - begin < std::chrono::seconds(2))
        BOOST_TEST_REQUIRE(!is_free());
    BOOST_TEST(server.pending("in", "workers") == 100U);
    closed.open();
    BOOST_TEST(eventually([&] { return host.account_of("worker").done >= 300; }));
    BOOST_TEST(eventually([&] { return server.pending("in", "workers") == 0; }));
    BOOST_TEST(host.settle("worker").dead == 0U);
    BOOST_TEST(host.stop().code == 0);
}

BOOST_AUTO_TEST_SUITE_END()
