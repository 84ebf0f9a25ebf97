// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "kafka_test.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>
#include <map>
#include <set>

BOOST_AUTO_TEST_SUITE(kafka_publish)

using namespace kafka_test;

BOOST_AUTO_TEST_CASE(data_are_published_as_they_came_with_type_and_id)
{
    broker_cluster& brokers = shared_cluster();
    const std::string topic = brokers.create_topic();
    auto result = publish(packets(body("one", {{"mimetype", "text/plain"}, {"charset", "utf-8"}}),
                                  body(std::string_view("t\0wo", 4))),
                          {{"topic", topic}});
    for (const auto& [item, why] : result.failed)
        BOOST_TEST(why == "");
    BOOST_TEST(result.delivered.size() == 2U);
    BOOST_TEST(result.metrics.at("messages") == 2.0);
    const std::vector<topic_message> found = brokers.read(topic);
    BOOST_TEST_REQUIRE(found.size() == 2U);
    BOOST_TEST(found[0].body == "one");
    BOOST_TEST(found[0].key == "");
    BOOST_TEST(found[0].headers.at("content-type") == "text/plain; charset=utf-8");
    BOOST_TEST(found[0].headers.at("message_id") == std::string(31, '0') + '1');
    BOOST_TEST(found[1].body == std::string("t\0wo", 4));
    BOOST_TEST(found[1].headers.at("content-type") == "application/octet-stream");
}

BOOST_AUTO_TEST_CASE(fields_are_published_as_json_and_meta_as_headers)
{
    broker_cluster& brokers = shared_cluster();
    const std::string topic = brokers.create_topic();
    packet made({{"title", "Größe"}, {"tags", json::array{1, 2}}});
    made.set_data(penstock::bytes(std::string("raw")));
    made.set_meta("id", "b7");
    made.set_meta("route", json::array{"a"});
    made.set_meta("n", 5);
    made.set_meta("nothing", nullptr);
    made.set_meta("mimetype", "text/html");
    made.set_meta("kafka_offset", 7);
    packet same = packet(made.fields());
    same.set_data(made.data());
    BOOST_TEST(publish(packets(std::move(made)), {{"topic", topic}}).delivered.size() == 1U);
    BOOST_TEST(publish(packets(std::move(same)), {{"topic", topic}, {"format", "data"}})
                   .delivered.size() == 1U);
    const std::vector<topic_message> found = brokers.read(topic);
    BOOST_TEST_REQUIRE(found.size() == 2U);
    BOOST_TEST(found[0].body == R"({"title":"Größe","tags":[1,2]})");
    const std::map<std::string, std::string> expected{{"content-type", "application/json"},
                                                      {"message_id", std::string(31, '0') + '1'},
                                                      {"id", "b7"},
                                                      {"route", R"(["a"])"},
                                                      {"n", "5"}};
    BOOST_TEST((found[0].headers == expected));
    BOOST_TEST(found[1].body == "raw");
}

BOOST_AUTO_TEST_CASE(messages_of_a_key_go_to_one_partition_and_keep_their_order)
{
    constexpr int partitions = 4;
    broker_cluster& brokers = shared_cluster();
    const std::string topic = brokers.create_topic(partitions);
    std::vector<packet> given;
    std::map<std::string, strings> expected;
    for (int n = 0; n < 2000; ++n)
    {
        const std::string key = "k" + std::to_string(n % 17);
        given.push_back(
            body(expected[key].emplace_back(std::to_string(n)), {{"customer", json::string(key)}}));
    }
    auto result = publish(
        std::move(given),
        {{"topic", topic}, {"key", "{{customer}}"}, {"batch_count", 300}, {"compression", "lz4"}});
    BOOST_TEST(result.delivered.size() == 2000U);
    std::map<std::string, strings> found;
    std::map<std::string, std::set<int>> places;
    std::set<int> used;
    for (const topic_message& each : brokers.read(topic, partitions))
    {
        found[each.key].push_back(each.body);
        places[each.key].insert(each.partition);
        used.insert(each.partition);
    }
    BOOST_TEST((found == expected));
    for (const auto& [key, of] : places)
        BOOST_TEST(of.size() == 1U, key);
    BOOST_TEST(used.size() == static_cast<std::size_t>(partitions));
}

BOOST_AUTO_TEST_CASE(a_key_chooses_the_partition_that_javas_client_chooses)
{
    constexpr int partitions = 10;
    broker_cluster& brokers = shared_cluster();
    const std::string topic = brokers.create_topic(partitions);
    // murmur2 of the client of Apache Kafka: its unit test has -973932308 for "21".
    constexpr int of_21 = (-973932308 & 0x7fffffff) % partitions;
    BOOST_TEST(publish(packets(body("x")), {{"topic", topic}, {"key", "21"}}).delivered.size() ==
               1U);
    const std::vector<topic_message> found = brokers.read(topic, partitions);
    BOOST_TEST_REQUIRE(found.size() == 1U);
    BOOST_TEST(found[0].partition == of_21);
}

BOOST_AUTO_TEST_CASE(packets_may_name_their_topic_and_one_that_cannot_be_had_fails_them_alone)
{
    broker_cluster& brokers = shared_cluster();
    const std::string first = brokers.create_topic();
    const std::string closed = brokers.create_topic();
    brokers.set_error(closed, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
    auto result = publish(packets(packet({{"to", json::string(first)}}),
                                  packet({{"to", json::string(closed)}}), packet({{"none", 1}}),
                                  packet({{"to", json::string(first)}})),
                          {{"topic", "{{to}}"}});
    BOOST_TEST(result.delivered.size() == 2U);
    BOOST_TEST_REQUIRE(result.failed.size() == 2U);
    const std::set<std::string> why{result.failed[0].second, result.failed[1].second};
    BOOST_TEST(why.contains("to: is absent; a text or a number was expected"));
    BOOST_TEST(why.contains("topic: " + closed + ": Broker: Unknown topic or partition"));
    BOOST_TEST(brokers.read(first).size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_message_that_may_not_go_where_its_packet_says_fails_and_else_waits)
{
    broker_cluster& brokers = shared_cluster();
    const std::string topic = brokers.create_topic();
    brokers.fail_next(0, {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED});
    auto result = publish(packets(packet({{"to", json::string(topic)}})), {{"topic", "{{to}}"}});
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second ==
               "topic: " + topic + ": Broker: Topic authorization failed");
    brokers.fail_next(0, {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED});
    check_away({{"topic", topic}}, topic + ": Broker: Topic authorization failed");
    BOOST_TEST(brokers.read(topic).empty());
}

BOOST_AUTO_TEST_CASE(a_message_that_is_too_large_fails_alone)
{
    broker_cluster& brokers = shared_cluster();
    const std::string topic = brokers.create_topic();
    auto result = publish(packets(body("1"), body(std::string(50'000, 'x')), body("3")),
                          {{"topic", topic}, {"message_bytes", "20000B"}});
    BOOST_TEST(result.delivered.size() == 2U);
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second.find("size too large") != std::string::npos,
               result.failed[0].second);
    BOOST_TEST(brokers.read_bodies(topic) == (strings{"1", "3"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_the_brokers_refuse_of_a_request_is_sent_again_alone)
{
    broker_cluster& brokers = shared_cluster();
    const std::string topic = brokers.create_topic();
    brokers.fail_next(0, {RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE});
    auto result = publish(packets(body("1"), body("2"), body("3")), {{"topic", topic}});
    BOOST_TEST(result.failed.empty());
    BOOST_TEST(result.delivered.size() == 3U);
    const strings found = brokers.read_bodies(topic);
    BOOST_TEST(std::set<std::string>(found.begin(), found.end()).size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_packet_of_nothing_is_dropped_and_one_without_the_data_asked_for_fails)
{
    broker_cluster& brokers = shared_cluster();
    const std::string topic = brokers.create_topic();
    packet infinite = body("1");
    infinite.set_meta("n", std::numeric_limits<double>::infinity());
    auto result = publish(packets(packet(), packet({{"a", 1}}), std::move(infinite)),
                          {{"topic", topic}, {"format", "data"}});
    BOOST_TEST(result.dropped.size() == 1U);
    BOOST_TEST_REQUIRE(result.failed.size() == 2U);
    BOOST_TEST(result.failed[0].second == "has no data; some was expected");
    BOOST_TEST(result.failed[1].second ==
               "meta: n is a number that is not finite; a finite one was expected");
}

BOOST_AUTO_TEST_CASE(errors_that_pass_are_waited_out_without_loss_duplicates_or_disorder)
{
    broker_cluster& brokers = shared_cluster();
    const std::string topic = brokers.create_topic();
    brokers.fail_next(0, {RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
                          RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT, RD_KAFKA_RESP_ERR__TRANSPORT,
                          RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS});
    std::vector<packet> given;
    strings expected;
    for (int n = 0; n < 3000; ++n)
        given.push_back(body(expected.emplace_back(std::to_string(n))));
    auto result = publish(std::move(given), {{"topic", topic}, {"batch_count", 100}});
    BOOST_TEST(result.delivered.size() == 3000U);
    BOOST_TEST(brokers.read_bodies(topic) == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
