// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "mqtt_test.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(mqtt_source)

using namespace mqtt_test;

BOOST_AUTO_TEST_CASE(messages_become_packets_and_are_acknowledged_when_these_have_ended)
{
    const std::string name = fresh_topic();
    mqtt_server& server = shared_mqtt();
    server.subscribe(name, name + "/+");
    server.put({{.body = "one",
                 .topic = name + "/a",
                 .type = "Text/Plain; charset=UTF-8",
                 .more = {{"message_id", "m1"}, {"k", "v"}, {"mqtt_topic", "x"}}},
                {.body = "", .topic = name + "/b"}});
    auto result = read(name, name + "/+");
    BOOST_TEST_REQUIRE(result.out().size() == 2U);
    BOOST_TEST(result.out()[0].data().view() == "one");
    BOOST_TEST(penstock::write_json(result.out()[0].meta()) ==
               R"({"k":"v","mqtt_topic":")" + name +
                   R"(/a","mimetype":"text/plain","charset":"utf-8","message_id":"m1"})");
    BOOST_TEST(result.out()[1].data().empty());
    BOOST_TEST(meta_of(result.out(), "mimetype")[1] == "\"application/octet-stream\"");
    BOOST_TEST_REQUIRE(result.acknowledged.size() == 2U);
    BOOST_TEST(result.acknowledged[0] == json::value("m1"));
    BOOST_TEST(read(name, name + "/+").out().empty());
}

BOOST_AUTO_TEST_CASE(what_was_published_comes_with_its_meta_its_type_and_its_id)
{
    const std::string name = fresh_topic();
    shared_mqtt().subscribe(name, name);
    BOOST_TEST(publish(packets(body("<p>", {{"mimetype", "text/html"}, {"route", "a"}})),
                       {{"topic", name}})
                   .delivered.size() == 1U);
    auto result = read(name, name);
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    const packet& found = result.out().front();
    BOOST_TEST(found.data().view() == "<p>");
    BOOST_TEST(found.meta("message_id").as_string() == std::string(31, '0') + '1');
    BOOST_TEST(found.meta("mimetype").as_string() == "text/html");
    BOOST_TEST(found.meta("route").as_string() == "a");
}

BOOST_AUTO_TEST_CASE(thousands_of_messages_come_in_order_in_both_versions)
{
    for (const char* version : {"5", "3.1.1"})
    {
        const std::string name = fresh_topic();
        shared_mqtt().subscribe(name, name);
        shared_mqtt().put_numbers(name, 0, 3000);
        auto result = read(name, name, {{"version", version}, {"prefetch", 100}});
        BOOST_TEST_REQUIRE(result.out().size() == 3000U);
        for (int n = 0; n < 3000; ++n)
            BOOST_TEST_REQUIRE(result.out()[static_cast<std::size_t>(n)].data().view() ==
                               "{\"n\":" + std::to_string(n) + "}");
        BOOST_TEST(read(name, name, {{"version", version}}).out().empty());
    }
}

BOOST_AUTO_TEST_CASE(a_kept_message_comes_once_and_says_so)
{
    const std::string name = fresh_topic();
    shared_mqtt().put(
        {{.body = "kept", .topic = name, .is_retained = true},
         {.body = "unsafe", .topic = name + "/0", .is_retained = true, .quality = 0}});
    auto result = read(name, name + "/#");
    BOOST_TEST_REQUIRE(result.out().size() == 2U);
    BOOST_TEST(result.out()[0].meta("mqtt_retained").as_bool());
    BOOST_TEST(result.metrics.at("unacknowledged") == 1.0);
    BOOST_TEST(read(name, name + "/#").out().empty());
}

BOOST_AUTO_TEST_CASE(a_broker_that_is_away_is_waited_for)
{
    BOOST_CHECK_THROW((void)read("c", "t", {{"urls", json::array{"mqtt://127.0.0.1:1"}}}),
                      penstock::unavailable);
}

BOOST_AUTO_TEST_SUITE_END()
