// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "consumer.hpp"

#include "amqp_test.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <sys/socket.h>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(amqp_consumer)

using namespace amqp_test;
using namespace std::chrono_literals;
using amqp_package::consumer;
using amqp_package::delivered_message;
using amqp_package::session;

namespace
{

constexpr auto connect_time = 500ms;

std::unique_ptr<consumer> consumer_of(const broker_queue& queue, const broker_server& broker,
                                      std::chrono::seconds heartbeat)
{
    auto with = std::make_unique<session>(amqp_package::session_settings{
        .to = amqp_package::address_of("amqp://127.0.0.1:" + std::to_string(broker.port())),
        .user = "guest",
        .password = "guest",
        .ca_file = "",
        .connect_time = connect_time,
        .heartbeat = heartbeat});
    return std::make_unique<consumer>(
        std::move(with),
        amqp_package::consumer_settings{.queue = queue.name(), .name = "", .prefetch = 1});
}

} // namespace

// The broker of one case, for each takes seconds to start.
BOOST_AUTO_TEST_CASE(a_consumer_outlasts_a_pause_and_loses_no_more_than_its_socket_to_the_heartbeat)
{
    broker_server broker;
    broker.start();
    broker_queue queue(broker.port());
    queue.put("one", "one");
    queue.put("two", "two");
    std::unique_ptr<consumer> reading = consumer_of(queue, broker, 60s);
    for (int n = 0; n < 2; ++n)
    {
        const std::vector<delivered_message> found = reading->take(1, 30s);
        BOOST_TEST_REQUIRE(found.size() == 1U);
        BOOST_TEST(!found[0].is_redelivered);
        broker.pause();
        reading->acknowledge(found[0].tag);
        const bool is_early = reading->await_acknowledged(2 * connect_time);
        broker.resume();
        BOOST_TEST(!is_early);
        while (!reading->await_acknowledged(1s))
            continue;
    }
    BOOST_TEST(queue.size() == 0U);

    reading = consumer_of(queue, broker, 1s);
    broker.pause();
    BOOST_CHECK_THROW((void)reading->take(1, 30s), amqp_package::broker_error);
    std::array<std::array<int, 2>, 8> others{}; // which have the numbers that are free now
    for (auto& each : others)
        BOOST_TEST_REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, each.data()) == 0);
    reading.reset();
    for (const auto& each : others)
    {
        BOOST_TEST(::send(each[0], "x", 1, MSG_NOSIGNAL) == 1);
        BOOST_TEST(::send(each[1], "x", 1, MSG_NOSIGNAL) == 1);
        for (const int end : each)
            ::close(end);
    }
}

BOOST_AUTO_TEST_SUITE_END()
