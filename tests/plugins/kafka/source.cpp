// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "kafka_test.hpp"

#include <boost/test/unit_test.hpp>

#include <map>

BOOST_AUTO_TEST_SUITE(kafka_source)

using namespace kafka_test;

BOOST_AUTO_TEST_CASE(messages_become_packets_and_are_committed_when_these_have_ended)
{
    broker_cluster& brokers = shared_cluster();
    const std::string topic = brokers.create_topic();
    brokers.put(topic,
                std::vector<topic_message>{
                    {.body = "one",
                     .key = "k",
                     .headers = {{"content-type", "Text/Plain; charset=UTF-8"}, {"id", "b7"}}},
                    {.body = "two"}});
    auto result = read(topic);
    BOOST_TEST(bodies_of(result.out()) == (strings{"one", "two"}),
               boost::test_tools::per_element());
    packet& first = result.out()[0];
    BOOST_TEST(first.meta("kafka_timestamp").as_int64() > 1'600'000'000'000);
    first.erase_meta("kafka_timestamp");
    BOOST_TEST(penstock::write_json(first.meta()) ==
               R"({"id":"b7","mimetype":"text/plain","charset":"utf-8","kafka_topic":")" + topic +
                   R"(","kafka_partition":0,"kafka_offset":0,"kafka_key":"k"})");
    BOOST_TEST(meta_of(result.out(), "mimetype")[1] == "\"application/octet-stream\"");
    BOOST_TEST_REQUIRE(result.acknowledged.size() == 2U);
    BOOST_TEST(result.acknowledged[1] == (json::value(json::array{json::string(topic), 0, 1})));
    BOOST_TEST(brokers.committed("of-" + topic, topic) == 2);
    BOOST_TEST(read(topic).out().empty());
}

BOOST_AUTO_TEST_CASE(what_was_published_comes_with_its_meta_its_type_and_its_id)
{
    const std::string topic = shared_cluster().create_topic();
    BOOST_TEST(publish(packets(body("<p>", {{"mimetype", "text/html"}, {"route", "a"}})),
                       {{"topic", topic}, {"key", "{{route}}"}})
                   .delivered.size() == 1U);
    auto result = read(topic);
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    const packet& found = result.out().front();
    BOOST_TEST(found.data().view() == "<p>");
    BOOST_TEST(found.meta("message_id").as_string() == std::string(31, '0') + '1');
    BOOST_TEST(found.meta("mimetype").as_string() == "text/html");
    BOOST_TEST(found.meta("route").as_string() == "a");
    BOOST_TEST(found.meta("kafka_key").as_string() == "a");
}

BOOST_AUTO_TEST_CASE(odd_headers_keys_and_bodies_are_kept_as_far_as_json_can)
{
    broker_cluster& brokers = shared_cluster();
    const std::string topic = brokers.create_topic();
    brokers.put(topic,
                std::vector<topic_message>{
                    {.body = "",
                     .key = "\xff",
                     .headers = {{"bytes", "\xfe"}, {"mimetype", "x/y"}, {"kafka_offset", "9"}}}});
    auto result = read(topic);
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    const packet& found = result.out().front();
    BOOST_TEST(found.data().empty());
    BOOST_TEST(found.meta("bytes").is_null());
    BOOST_TEST(found.meta("kafka_key").as_string() == "\xef\xbf\xbd");
    BOOST_TEST(found.meta("mimetype").as_string() == "application/octet-stream");
    BOOST_TEST(found.meta("kafka_offset").as_int64() == 0);
}

BOOST_AUTO_TEST_CASE(thousands_of_messages_come_in_the_order_of_their_partitions)
{
    constexpr int partitions = 3;
    constexpr int messages = 4000;
    broker_cluster& brokers = shared_cluster();
    const std::string topic = brokers.create_topic(partitions);
    std::map<int, strings> expected;
    for (int partition = 0; partition < partitions; ++partition)
    {
        for (int n = 0; n < messages; ++n)
            expected[partition].push_back(std::to_string(partition) + ':' + std::to_string(n));
        brokers.put(topic, expected[partition], partition);
    }
    for (const char* assignment : {"cooperative", "eager"})
    {
        auto result = read(topic, {{"assignment", assignment},
                                   {"group", json::string(assignment + topic)},
                                   {"prefetch", 500},
                                   {"in_flight", 100}});
        std::map<int, strings> found;
        for (const packet& each : result.out())
            found[static_cast<int>(each.meta("kafka_partition").as_int64())].emplace_back(
                each.data().view());
        BOOST_TEST((found == expected), assignment);
        for (int partition = 0; partition < partitions; ++partition)
            BOOST_TEST(brokers.committed(assignment + topic, topic, partition) == messages);
    }
}

BOOST_AUTO_TEST_CASE(a_group_may_begin_behind_the_latest_message_and_goes_on_there)
{
    broker_cluster& brokers = shared_cluster();
    const std::string topic = brokers.create_topic();
    brokers.put(topic, strings{"old"});
    BOOST_TEST(read(topic, {{"begin", "latest"}}).out().empty());
    BOOST_TEST(brokers.committed("of-" + topic, topic) == 1);
    brokers.put(topic, strings{"new"});
    BOOST_TEST(bodies_of(read(topic, {{"begin", "latest"}}).out()) == strings{"new"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_commit_that_is_refused_is_made_again)
{
    constexpr std::int16_t to_commit = 8;
    broker_cluster& brokers = shared_cluster();
    const std::string topic = brokers.create_topic();
    brokers.put(topic, strings{"one", "two"});
    brokers.fail_next(to_commit, {RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS,
                                  RD_KAFKA_RESP_ERR_NOT_COORDINATOR});
    // A machine that is slow may lose its place in the group meanwhile: then they come again.
    constexpr int most_tries = 3;
    for (int i = 0; i < most_tries && brokers.committed("of-" + topic, topic) != 2; ++i)
        BOOST_TEST(read(topic).out().size() == 2U);
    BOOST_TEST(brokers.committed("of-" + topic, topic) == 2);
}

BOOST_AUTO_TEST_SUITE_END()
