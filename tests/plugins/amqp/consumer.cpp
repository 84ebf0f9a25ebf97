// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "consumer.hpp"

#include "amqp_test.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(amqp_consumer)

using namespace amqp_test;
using namespace std::chrono_literals;
using amqp_package::consumer;
using amqp_package::delivered_message;
using amqp_package::session;

BOOST_AUTO_TEST_CASE(an_acknowledgement_may_take_longer_than_connecting_may)
{
    constexpr auto connect_time = 500ms;
    broker_server broker;
    broker.start();
    broker_queue queue(broker.port());
    queue.put("one", "one");
    queue.put("two", "two");
    auto with = std::make_unique<session>(amqp_package::session_settings{
        .to = amqp_package::address_of("amqp://127.0.0.1:" + std::to_string(broker.port())),
        .user = "guest",
        .password = "guest",
        .ca_file = "",
        .connect_time = connect_time,
        .heartbeat = 60s});
    consumer reading(std::move(with), {.queue = queue.name(), .name = "", .prefetch = 1});
    for (int n = 0; n < 2; ++n)
    {
        const std::vector<delivered_message> found = reading.take(1, 30s);
        BOOST_TEST_REQUIRE(found.size() == 1U);
        BOOST_TEST(!found[0].is_redelivered);
        broker.pause();
        reading.acknowledge(found[0].tag);
        const bool is_early = reading.await_acknowledged(2 * connect_time);
        broker.resume();
        BOOST_TEST(!is_early);
        while (!reading.await_acknowledged(1s))
            continue;
    }
    BOOST_TEST(queue.size() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
