// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "redis_test.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(redis_source)

using namespace redis_test;

namespace
{

// Has another member of the group take all that is there, and end.
void take_as(const std::string& consumer, const std::string& stream)
{
    const redis_server& server = shared_redis();
    (void)server.ask(
        {"XREADGROUP", "GROUP", "workers", consumer, "COUNT", "100", "STREAMS", stream, ">"});
}

void make_group(const std::string& stream)
{
    (void)shared_redis().ask({"XGROUP", "CREATE", stream, "workers", "0", "MKSTREAM"});
}

} // namespace

BOOST_AUTO_TEST_CASE(entries_become_packets_and_are_acknowledged_when_these_have_ended)
{
    const std::string stream = fresh_stream();
    const redis_server& server = shared_redis();
    const std::string first =
        server.ask({"XADD", stream, "*", "data", "one", "mimetype", "Text/Plain; charset=UTF-8",
                    "message_id", "m1", "k", "v"})[0];
    (void)server.ask({"XADD", stream, "*", "title", "two", "\xff", "\xfe"});
    auto result = read(stream);
    BOOST_TEST_REQUIRE(result.out().size() == 2U);
    const packet& one = result.out()[0];
    BOOST_TEST(one.data().view() == "one");
    BOOST_TEST(penstock::write_json(one.fields()) == R"({"k":"v"})");
    BOOST_TEST(penstock::write_json(one.meta()) ==
               R"({"message_id":"m1","mimetype":"text/plain","charset":"utf-8","redis_stream":")" +
                   stream + R"(","redis_id":")" + first + "\"}");
    const packet& two = result.out()[1];
    BOOST_TEST(two.data().empty());
    BOOST_TEST(penstock::write_json(two.fields()) ==
               "{\"title\":\"two\",\"\xef\xbf\xbd\":\"\xef\xbf\xbd\"}");
    BOOST_TEST_REQUIRE(result.acknowledged.size() == 2U);
    BOOST_TEST((result.acknowledged[0] ==
                json::value(json::array{json::string(stream), json::string(first)})));
    BOOST_TEST(server.pending(stream, "workers") == 0U);
    BOOST_TEST(read(stream).out().empty());
}

BOOST_AUTO_TEST_CASE(what_was_added_comes_with_its_fields_and_its_id)
{
    const std::string stream = fresh_stream();
    BOOST_TEST(
        publish(packets(packet({{"a", "x"}, {"n", 1}}), body("<p>", {{"mimetype", "text/html"}})),
                {{"stream", stream}})
            .delivered.size() == 2U);
    auto result = read(stream);
    BOOST_TEST_REQUIRE(result.out().size() == 2U);
    BOOST_TEST(fields_of(result.out())[0] == R"({"a":"x","n":"1"})");
    BOOST_TEST(result.out()[0].meta("message_id").as_string() == std::string(31, '0') + '1');
    BOOST_TEST(result.out()[1].data().view() == "<p>");
    BOOST_TEST(result.out()[1].meta("mimetype").as_string() == "text/html");
}

BOOST_AUTO_TEST_CASE(thousands_of_entries_come_in_order_and_no_more_than_in_flight)
{
    const std::string stream = fresh_stream();
    shared_redis().put_numbers(stream, 0, 4000);
    auto result = read(stream, {{"in_flight", 50}});
    BOOST_TEST_REQUIRE(result.out().size() == 4000U);
    for (int n = 0; n < 4000; ++n)
        BOOST_TEST_REQUIRE(result.out()[static_cast<std::size_t>(n)].data().view() ==
                           "{\"n\":" + std::to_string(n) + "}");
    BOOST_TEST(shared_redis().pending(stream, "workers") == 0U);
}

BOOST_AUTO_TEST_CASE(a_group_may_begin_behind_the_latest_entry)
{
    const std::string stream = fresh_stream();
    shared_redis().put(stream, "a", "old");
    BOOST_TEST(read(stream, {{"begin", "latest"}}).out().empty());
    shared_redis().put(stream, "a", "new");
    BOOST_TEST(fields_of(read(stream, {{"begin", "latest"}}).out()) == strings{R"({"a":"new"})"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_the_same_consumer_has_left_is_read_first)
{
    const std::string stream = fresh_stream();
    make_group(stream);
    shared_redis().put(stream, "a", "left");
    take_as("me", stream);
    shared_redis().put(stream, "a", "new");
    auto result = read(stream, {{"consumer", "me"}});
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"a":"left"})", R"({"a":"new"})"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.out()[0].meta("redelivered").as_bool());
    BOOST_TEST(result.metrics.at("redelivered") == 1.0);
    BOOST_TEST(shared_redis().pending(stream, "workers") == 0U);
}

BOOST_AUTO_TEST_CASE(what_another_consumer_has_left_is_taken_over_after_a_time_and_not_before)
{
    const std::string stream = fresh_stream();
    make_group(stream);
    for (int n = 0; n < 300; ++n)
        shared_redis().put(stream, "a", std::to_string(n));
    for (int i = 0; i < 3; ++i)
        take_as("dead", stream);
    BOOST_TEST(read(stream, {{"claim_after", "1h"}}).out().empty());
    BOOST_TEST(shared_redis().pending(stream, "workers") == 300U);
    std::size_t found = 0;
    const auto is_over = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (found < 300 && std::chrono::steady_clock::now() < is_over)
        found += read(stream, {{"claim_after", "300ms"}}).out().size();
    BOOST_TEST(found == 300U);
    BOOST_TEST(shared_redis().pending(stream, "workers") == 0U);
}

BOOST_AUTO_TEST_CASE(an_entry_that_was_given_out_too_often_becomes_a_dead_letter)
{
    const std::string stream = fresh_stream();
    make_group(stream);
    shared_redis().put(stream, "a", "poison");
    take_as("me", stream);
    for (int i = 0; i < 2; ++i)
        (void)shared_redis().ask({"XREADGROUP", "GROUP", "workers", "me", "STREAMS", stream, "0"});
    auto result = read(stream, {{"consumer", "me"}, {"deliveries", 3}});
    BOOST_TEST(result.out().empty());
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second == "was delivered 3 times and not acknowledged; at most 3 "
                                          "deliveries were expected");
    BOOST_TEST(result.metrics.at("refused") == 1.0);
    BOOST_TEST(shared_redis().pending(stream, "workers") == 0U);
}

BOOST_AUTO_TEST_CASE(an_entry_that_was_deleted_since_is_acknowledged_and_counted)
{
    const std::string stream = fresh_stream();
    make_group(stream);
    shared_redis().put(stream, "a", "1");
    take_as("me", stream);
    (void)shared_redis().ask({"XTRIM", stream, "MAXLEN", "0"});
    auto result = read(stream, {{"consumer", "me"}});
    BOOST_TEST(result.out().empty());
    BOOST_TEST(result.metrics.at("gone") == 1.0);
    BOOST_TEST(shared_redis().pending(stream, "workers") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
