// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "consumer.hpp"

#include "kafka_test.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <thread>

BOOST_AUTO_TEST_SUITE(kafka_consumer)

using namespace kafka_test;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(a_consumer_that_nobody_takes_from_stands_still_and_leaves_nothing_out)
{
    constexpr std::size_t messages = 3000;
    broker_cluster& brokers = shared_cluster();
    const std::string topic = brokers.create_topic();
    strings expected;
    for (std::size_t n = 0; n < messages; ++n)
        expected.push_back(std::to_string(n));
    brokers.put(topic, expected);
    kafka_package::consumer reader(
        {{"bootstrap.servers", brokers.addresses().front()},
         {"group.id", topic},
         {"enable.auto.commit", "false"},
         {"auto.offset.reset", "earliest"},
         {"session.timeout.ms", "6000"}},
        {.topics = {topic}, .begins_at_end = false, .most_messages = 50, .most_bytes = 1'000'000});
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    strings found;
    for (std::uint64_t pauses = 1; pauses <= 2; ++pauses)
    {
        while (reader.counted().pauses < pauses && std::chrono::steady_clock::now() < deadline)
            std::this_thread::sleep_for(10ms);
        BOOST_TEST(reader.counted().pauses == pauses);
        while (found.size() < messages * pauses / 2 && std::chrono::steady_clock::now() < deadline)
            for (auto& each : reader.take(1000, 100ms))
                found.push_back(std::move(each.body));
    }
    BOOST_TEST(found == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
