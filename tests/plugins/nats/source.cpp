// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "nats_test.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(nats_source)

using namespace nats_test;

namespace
{

// Makes a consumer, whose messages are given out again at once.
void make_consumer(const std::string& stream, const std::string& name, const std::string& ack_wait)
{
    const std::string answer = shared_nats().ask(
        "CONSUMER.DURABLE.CREATE." + stream + '.' + name,
        R"({"stream_name":")" + stream + R"(","config":{"durable_name":")" + name +
            R"(","ack_policy":"explicit","deliver_policy":"all","ack_wait":)" + ack_wait + "}}");
    BOOST_TEST_REQUIRE(!has(answer, "\"error\""), answer);
}

} // namespace

BOOST_AUTO_TEST_CASE(messages_become_packets_and_are_acknowledged_when_these_have_ended)
{
    const std::string stream = fresh_nats_stream();
    shared_nats().put(
        {{"one",
          stream + ".a",
          {{"Content-Type", "Text/Plain; charset=UTF-8"}, {"Nats-Msg-Id", "m1"}, {"k", "v"}}},
         {"", stream, {}}});
    auto result = read(stream);
    BOOST_TEST_REQUIRE(result.out().size() == 2U);
    BOOST_TEST(result.out()[0].data().view() == "one");
    BOOST_TEST(penstock::write_json(result.out()[0].meta()) ==
               R"({"k":"v","mimetype":"text/plain","charset":"utf-8","message_id":"m1",)"
               R"("nats_stream":")" +
                   stream + R"(","nats_subject":")" + stream + R"(.a","nats_sequence":1})");
    BOOST_TEST(result.out()[1].data().empty());
    BOOST_TEST_REQUIRE(result.acknowledged.size() == 2U);
    BOOST_TEST((result.acknowledged[1] == json::value(json::array{json::string(stream), 2})));
    BOOST_TEST(shared_nats().open(stream, "workers") == 0U);
    BOOST_TEST(read(stream).out().empty());
}

BOOST_AUTO_TEST_CASE(what_was_published_comes_with_its_meta_its_type_and_its_id)
{
    const std::string stream = fresh_nats_stream();
    BOOST_TEST(publish(packets(body("<p>", {{"mimetype", "text/html"}, {"route", "a"}})),
                       {{"subject", stream}})
                   .delivered.size() == 1U);
    auto result = read(stream);
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    const packet& found = result.out().front();
    BOOST_TEST(found.data().view() == "<p>");
    BOOST_TEST(found.meta("message_id").as_string() == std::string(31, '0') + '1');
    BOOST_TEST(found.meta("mimetype").as_string() == "text/html");
    BOOST_TEST(found.meta("route").as_string() == "a");
}

BOOST_AUTO_TEST_CASE(thousands_of_messages_come_in_order)
{
    const std::string stream = fresh_nats_stream();
    shared_nats().put_numbers(stream, 0, 4000);
    auto result = read(stream, {{"in_flight", 100}});
    BOOST_TEST_REQUIRE(result.out().size() == 4000U);
    for (int n = 0; n < 4000; ++n)
        BOOST_TEST_REQUIRE(result.out()[static_cast<std::size_t>(n)].data().view() ==
                           "{\"n\":" + std::to_string(n) + "}");
    BOOST_TEST(shared_nats().open(stream, "workers") == 0U);
}

BOOST_AUTO_TEST_CASE(a_consumer_may_read_some_subjects_and_begin_behind_the_latest)
{
    const std::string stream = fresh_nats_stream();
    shared_nats().put({{"1", stream + ".a", {}}, {"2", stream + ".b", {}}});
    const json::object some{{"subject", json::string(stream + ".a")}};
    BOOST_TEST(read(stream, some).out().size() == 1U);
    json::object late{{"begin", "latest"}, {"consumer", "late"}};
    BOOST_TEST(read(stream, late).out().empty());
    shared_nats().put({{"3", stream + ".b", {}}});
    BOOST_TEST(read(stream, late).out().size() == 1U);
    BOOST_TEST(read(stream, some).out().empty());
}

BOOST_AUTO_TEST_CASE(what_another_host_has_left_is_given_out_again)
{
    const std::string stream = fresh_nats_stream();
    make_consumer(stream, "workers", "300000000");
    shared_nats().put_numbers(stream, 0, 5);
    shared_nats().take(stream, "workers", 5);
    std::size_t found = 0;
    double again = 0;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (found < 5 && std::chrono::steady_clock::now() < deadline)
    {
        auto result = read(stream);
        found += result.out().size();
        again += result.metrics.at("redelivered");
    }
    BOOST_TEST(found == 5U);
    BOOST_TEST(again == 5.0);
    BOOST_TEST(shared_nats().open(stream, "workers") == 0U);
}

BOOST_AUTO_TEST_CASE(a_message_that_was_given_out_too_often_becomes_a_dead_letter)
{
    const std::string stream = fresh_nats_stream();
    make_consumer(stream, "workers", "300000000");
    shared_nats().put_numbers(stream, 0, 1);
    for (int i = 0; i < 3; ++i)
        shared_nats().take(stream, "workers", 1);
    std::vector<std::pair<packet, std::string>> failed;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (failed.empty() && std::chrono::steady_clock::now() < deadline)
    {
        auto result = read(stream, {{"deliveries", 3}});
        BOOST_TEST(result.out().empty());
        failed = std::move(result.failed);
    }
    BOOST_TEST_REQUIRE(failed.size() == 1U);
    BOOST_TEST(failed[0].second == "was delivered 3 times and not acknowledged; at most 3 "
                                   "deliveries were expected");
    BOOST_TEST(shared_nats().open(stream, "workers") == 0U);
}

BOOST_AUTO_TEST_CASE(a_stream_or_a_consumer_that_is_none_is_waited_for)
{
    BOOST_TEST(has(why_unread("nothing"), "(10059)"), why_unread("nothing"));
    const std::string stream = fresh_nats_stream();
    const std::string answer = shared_nats().ask(
        "CONSUMER.DURABLE.CREATE." + stream + ".odd",
        R"({"stream_name":")" + stream +
            R"(","config":{"durable_name":"odd","ack_policy":"none","deliver_policy":"all"}})");
    BOOST_TEST_REQUIRE(!has(answer, "\"error\""), answer);
    BOOST_TEST(has(why_unread(stream, {{"consumer", "odd"}}), "odd: is no consumer that is asked"));
}

BOOST_AUTO_TEST_SUITE_END()
