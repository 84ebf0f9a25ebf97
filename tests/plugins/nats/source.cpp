// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "nats_test.hpp"
#include "pull_consumer.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <thread>

BOOST_AUTO_TEST_SUITE(nats_source)

using namespace nats_test;

namespace
{

// Makes a consumer, whose messages are given out again at once. `more` are further members of its
// JSON, with a comma before each.
void make_consumer(const std::string& stream, const std::string& name, const std::string& ack_wait,
                   const std::string& more = {})
{
    const std::string answer = shared_nats().ask(
        "CONSUMER.DURABLE.CREATE." + stream + '.' + name,
        R"({"stream_name":")" + stream + R"(","config":{"durable_name":")" + name +
            R"(","ack_policy":"explicit","deliver_policy":"all","ack_wait":)" + ack_wait + more +
            "}}");
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
    BOOST_TEST(found.meta("message_id").as_string().starts_with(std::string(31, '0') + "1-"));
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

BOOST_AUTO_TEST_CASE(a_host_whose_sink_is_away_leaves_the_others_what_it_has_not_read)
{
    const std::string stream = fresh_nats_stream();
    BOOST_TEST(read(stream, {{"in_flight", 5}}).out().empty()); // the consumer is there
    shared_nats().put_numbers(stream, 0, 20);
    shared_nats().take(stream, "workers", 5);
    BOOST_TEST(read(stream, {{"in_flight", 5}}).out().size() == 15U);
    BOOST_TEST(shared_nats().open(stream, "workers") == 5U);
}

BOOST_AUTO_TEST_CASE(a_consumer_that_is_there_is_taken_as_it_is_but_not_with_max_deliver)
{
    const std::string stream = fresh_nats_stream();
    shared_nats().put({{"1", stream + ".a", {}}, {"2", stream + ".b", {}}});
    make_consumer(stream, "workers", "300000000", R"(,"filter_subject":")" + stream + R"(.b")");
    auto result = read(stream, {{"subject", json::string(stream + ".a")}});
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    BOOST_TEST(result.out()[0].data().view() == "2");
    make_consumer(stream, "lossy", "300000000", R"(,"max_deliver":3)");
    BOOST_TEST(has(why_unread(stream, {{"consumer", "lossy"}}), "lossy: has max_deliver"));
}

BOOST_AUTO_TEST_CASE(messages_of_a_request_that_has_ended_come_by_the_next_calls)
{
    const std::string stream = fresh_nats_stream();
    nats_package::connection_settings how{};
    how.to.host = "127.0.0.1";
    how.to.port = shared_nats().port();
    how.connect_time = std::chrono::seconds(10);
    nats_package::consumer_settings as{};
    as.stream = stream;
    as.name = "workers";
    as.ack_wait = std::chrono::seconds(30);
    as.time = std::chrono::seconds(10);
    nats_package::pull_consumer consumer(std::make_unique<nats_package::connection>(how), as);
    std::jthread writer([&] { shared_nats().put_numbers(stream, 0, 2000); });
    std::vector<std::uint64_t> numbers;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    for (std::size_t most = 1; numbers.size() < 2000 && std::chrono::steady_clock::now() < deadline;
         most = most % 7 + 1)
    {
        const auto found = consumer.take(most, std::chrono::milliseconds(1));
        BOOST_TEST_REQUIRE(found.size() <= most);
        for (const auto& each : found)
            numbers.push_back(each.number);
    }
    BOOST_TEST_REQUIRE(numbers.size() == 2000U);
    for (std::size_t i = 0; i < numbers.size(); ++i)
        BOOST_TEST_REQUIRE(numbers[i] == i + 1);
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
