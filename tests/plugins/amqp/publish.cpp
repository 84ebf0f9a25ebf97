// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "amqp_test.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <limits>

BOOST_AUTO_TEST_SUITE(amqp_publish)

using namespace amqp_test;

BOOST_AUTO_TEST_CASE(data_are_published_as_they_came_and_delivered_when_they_are_confirmed)
{
    broker_queue queue(shared_broker_port());
    auto result = publish(packets(body("one", {{"mimetype", "text/plain"}, {"charset", "utf-8"}}),
                                  body(std::string_view("t\0wo", 4))),
                          {{"queue", queue.name()}});
    for (const auto& [item, why] : result.failed)
        BOOST_TEST(why == "");
    BOOST_TEST(result.delivered.size() == 2U);
    BOOST_TEST(result.metrics.at("messages") == 2.0);
    const std::vector<queued_message> found = queue.take();
    BOOST_TEST_REQUIRE(found.size() == 2U);
    BOOST_TEST(found[0].body == "one");
    BOOST_TEST(found[0].type == "text/plain; charset=utf-8");
    BOOST_TEST(found[0].id == std::string(31, '0') + '1');
    BOOST_TEST(found[1].body == std::string("t\0wo", 4));
    BOOST_TEST(found[1].type == "application/octet-stream");
    for (const queued_message& each : found)
        BOOST_TEST(each.is_persistent);
}

BOOST_AUTO_TEST_CASE(fields_are_published_as_json_and_meta_as_headers)
{
    broker_queue queue(shared_broker_port());
    packet made({{"title", "Größe"}, {"tags", json::array{1, 2}}});
    made.set_data(penstock::bytes(std::string("raw")));
    made.set_meta("id", "b7");
    made.set_meta("route", json::array{"a"});
    made.set_meta("mimetype", "text/html");
    made.set_meta("x-delivery-count", "7");
    packet same = packet(made.fields());
    same.set_data(made.data());
    BOOST_TEST(publish(packets(std::move(made)), {{"queue", queue.name()}}).delivered.size() == 1U);
    BOOST_TEST(publish(packets(std::move(same)), {{"queue", queue.name()}, {"format", "data"}})
                   .delivered.size() == 1U);
    const std::vector<queued_message> found = queue.take();
    BOOST_TEST_REQUIRE(found.size() == 2U);
    BOOST_TEST(found[0].body == R"({"title":"Größe","tags":[1,2]})");
    BOOST_TEST(found[0].type == "application/json");
    BOOST_TEST(found[0].headers == (strings{"id=b7", R"(route=["a"])"}),
               boost::test_tools::per_element());
    BOOST_TEST(found[1].body == "raw");
}

BOOST_AUTO_TEST_CASE(many_messages_keep_their_order)
{
    broker_queue queue(shared_broker_port());
    std::vector<packet> given;
    strings expected;
    for (int n = 0; n < 1500; ++n)
        given.push_back(body(expected.emplace_back(std::to_string(n))));
    BOOST_TEST(publish(std::move(given), {{"queue", queue.name()}}).delivered.size() == 1500U);
    BOOST_TEST(queue.take_bodies() == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_body_of_many_frames_arrives_whole)
{
    broker_queue queue(shared_broker_port());
    std::string large;
    for (int n = 0; large.size() < 3'000'000; ++n)
        large += std::to_string(n);
    auto result = publish(packets(body(large), body("small")), {{"queue", queue.name()}});
    BOOST_TEST(result.delivered.size() == 2U);
    BOOST_TEST((queue.take_bodies() == strings{large, "small"}));
}

BOOST_AUTO_TEST_CASE(a_packet_of_nothing_is_dropped_and_one_without_the_data_asked_for_fails)
{
    broker_queue queue(shared_broker_port());
    auto result = publish(packets(packet(), packet({{"a", 1}})),
                          {{"queue", queue.name()}, {"format", "data"}});
    BOOST_TEST(result.dropped.size() == 1U);
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second == "has no data; some was expected");
}

BOOST_AUTO_TEST_CASE(meta_that_do_not_fit_into_headers_fail_their_packet)
{
    broker_queue queue(shared_broker_port());
    packet infinite = body("1", {{"n", 1}});
    infinite.set_meta("n", std::numeric_limits<double>::infinity());
    auto result =
        publish(packets(std::move(infinite), body("2", {{"text", json::string(20'000, 'x')}}),
                        body("3", {{std::string(300, 'n'), 1}}), body("4")),
                {{"queue", queue.name()}});
    BOOST_TEST(result.failed.size() == 3U);
    BOOST_TEST(queue.take_bodies() == strings{"4"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_message_with_a_key_of_its_own_that_nobody_gets_fails_alone)
{
    broker_queue queue(shared_broker_port());
    queue.bind(queue.name() + ".*");
    auto result = publish(packets(packet({{"to", "a"}}), packet({{"to", "a.b"}}),
                                  packet({{"none", 1}}), packet({{"to", "c"}})),
                          {{"exchange", "amq.topic"}, {"routing_key", queue.name() + ".{{to}}"}});
    BOOST_TEST(result.delivered.size() == 2U);
    BOOST_TEST_REQUIRE(result.failed.size() == 2U);
    BOOST_TEST(result.failed[0].second == "routing_key: " + queue.name() + ".a.b: 312 NO_ROUTE");
    BOOST_TEST(result.failed[1].second == "to: is absent; a text or a number was expected");
    BOOST_TEST(queue.take_bodies() == (strings{R"({"to":"a"})", R"({"to":"c"})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_message_that_is_too_large_for_the_broker_fails_alone)
{
    broker_queue queue(shared_broker_port());
    const std::string large(5'000'000, 'x'); // the broker of the tests takes 4 MiB
    auto result = publish(packets(body("1"), body("2"), body(large), body("4"), body("5")),
                          {{"queue", queue.name()}, {"batch_bytes", "100MiB"}});
    BOOST_TEST(result.delivered.size() == 4U);
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second.starts_with("406 PRECONDITION_FAILED - message size"),
               result.failed[0].second);
    const strings found = queue.take_bodies();
    for (const char* each : {"1", "2", "4", "5"})
        BOOST_TEST(std::ranges::count(found, each) >= 1, each);
}

BOOST_AUTO_TEST_CASE(a_quorum_queue_is_declared_if_that_is_asked_for)
{
    const std::string name = broker_queue::fresh_name();
    for (const char* each : {"x", "y"})
        BOOST_TEST(
            publish(packets(body(each)), {{"queue", name}, {"declare", 1}}).delivered.size() == 1U);
    BOOST_TEST(read(name).out().size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
