// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "amqp_test.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(amqp_source)

using namespace amqp_test;

namespace
{

strings bodies_of(const std::vector<packet>& packets)
{
    strings list;
    for (const packet& each : packets)
        list.emplace_back(each.data().view());
    return list;
}

} // namespace

BOOST_AUTO_TEST_CASE(messages_become_packets_and_are_acknowledged_when_these_have_ended)
{
    broker_queue queue(shared_broker_port());
    queue.put("one", "id-1", "Text/Plain; charset=UTF-8", {{"id", "b7"}, {"n", "5"}});
    queue.put("two");
    auto result = read(queue.name());
    BOOST_TEST(bodies_of(result.out()) == (strings{"one", "two"}),
               boost::test_tools::per_element());
    BOOST_TEST(penstock::write_json(result.out()[0].meta()) ==
               R"({"id":"b7","n":5,"mimetype":"text/plain","charset":"utf-8","message_id":"id-1",)"
               R"("routing_key":")" +
                   queue.name() + "\"}");
    BOOST_TEST(meta_of(result.out(), "mimetype")[1] == "\"application/octet-stream\"");
    BOOST_TEST_REQUIRE(result.acknowledged.size() == 2U);
    BOOST_TEST(result.acknowledged[0] == json::value("id-1"));
    BOOST_TEST(read(queue.name()).out().empty());
    BOOST_TEST(queue.size() == 0U);
}

BOOST_AUTO_TEST_CASE(what_was_published_comes_with_its_meta_its_type_and_its_id)
{
    broker_queue queue(shared_broker_port());
    packet made = body("<p>", {{"mimetype", "text/html"},
                               {"route", "a"},
                               {"id", "7"},
                               {"size", 3},
                               {"is_new", true},
                               {"ratio", 0.5},
                               {"nothing", nullptr}});
    const json::object meta = made.meta();
    BOOST_TEST(publish(packets(std::move(made)), {{"queue", queue.name()}}).delivered.size() == 1U);
    auto result = read(queue.name());
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    packet& found = result.out().front();
    BOOST_TEST(found.data().view() == "<p>");
    BOOST_TEST(found.meta("message_id").as_string() == std::string(31, '0') + '1');
    found.erase_meta("message_id");
    found.erase_meta("routing_key");
    json::object expected = meta;
    BOOST_TEST(json::value(found.meta()) == json::value(expected));
}

BOOST_AUTO_TEST_CASE(a_message_that_was_delivered_too_often_becomes_a_dead_letter)
{
    broker_queue queue(shared_broker_port());
    queue.put("bad", "bad");
    for (int times = 0; times < 3; ++times)
        queue.give_back_first();
    queue.put("good", "good");
    auto result = read(queue.name(), {{"deliveries", 3}});
    BOOST_TEST(bodies_of(result.out()) == strings{"good"}, boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].first.data().view() == "bad");
    BOOST_TEST(result.failed[0].second == "was delivered 3 times and not acknowledged; at most 3 "
                                          "deliveries were expected");
    BOOST_TEST(result.acknowledged.size() == 2U);
    BOOST_TEST(queue.size() == 0U);
}

BOOST_AUTO_TEST_CASE(a_message_that_was_delivered_often_enough_comes_if_any_number_may)
{
    broker_queue queue(shared_broker_port());
    queue.put("one", "one");
    for (int times = 0; times < 3; ++times)
        queue.give_back_first();
    auto result = read(queue.name(), {{"deliveries", 0}});
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    BOOST_TEST(result.out().front().meta("redelivered") == json::value(true));
    BOOST_TEST(result.out().front().meta("x-delivery-count") == json::value(3));
}

BOOST_AUTO_TEST_CASE(thousands_of_messages_come_in_order)
{
    broker_queue queue(shared_broker_port());
    strings expected;
    std::vector<packet> given;
    for (int n = 0; n < 2000; ++n)
        given.push_back(body(expected.emplace_back(std::to_string(n))));
    BOOST_TEST(publish(std::move(given), {{"queue", queue.name()}}).delivered.size() == 2000U);
    auto result = read(queue.name(), {{"prefetch", 50}});
    BOOST_TEST(bodies_of(result.out()) == expected, boost::test_tools::per_element());
    BOOST_TEST(queue.size() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
