// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "mqtt_test.hpp"

#include "scratch_directory.hpp"

#include "tests/host/net/certificate.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(mqtt_publish)

using namespace mqtt_test;
using penstock::host::http::testing::make_certificate;
using properties = std::map<std::string, std::string>;

BOOST_AUTO_TEST_CASE(data_and_fields_are_published_with_type_id_and_meta)
{
    const std::string topic = fresh_topic();
    const mqtt_listener listener(shared_mqtt(), topic);
    packet made({{"title", "Größe"}});
    made.set_meta("route", json::array{"a"});
    made.set_meta("n", 5);
    made.set_meta("mimetype", "text/html");
    made.set_meta("mqtt_topic", "x");
    auto result = publish(packets(body(std::string_view("t\0wo", 4)), std::move(made), packet()),
                          {{"topic", topic}});
    BOOST_TEST(result.delivered.size() == 2U);
    BOOST_TEST(result.dropped.size() == 1U);
    BOOST_TEST(result.metrics.at("messages") == 2.0);
    BOOST_TEST(result.metrics.at("unheard") == 0.0);
    const auto found = listener.await(2);
    BOOST_TEST_REQUIRE(found.size() == 2U);
    BOOST_TEST(found[0].body == std::string("t\0wo", 4));
    BOOST_TEST(found[0].type == "application/octet-stream");
    BOOST_TEST(found[1].body == R"({"title":"Größe"})");
    BOOST_TEST(found[1].type == "application/json");
    BOOST_TEST((found[1].more == properties{{"message_id", std::string(31, '0') + '2'},
                                            {"route", R"(["a"])"},
                                            {"n", "5"}}));
}

BOOST_AUTO_TEST_CASE(thousands_of_messages_keep_their_order_in_both_versions)
{
    for (const char* version : {"5", "3.1.1"})
    {
        const std::string topic = fresh_topic();
        const mqtt_listener listener(shared_mqtt(), topic);
        std::vector<packet> given;
        strings expected;
        for (int n = 0; n < 3000; ++n)
            given.push_back(body(expected.emplace_back(std::to_string(n))));
        BOOST_TEST(
            publish(std::move(given), {{"topic", topic}, {"version", version}}).delivered.size() ==
            3000U);
        strings found;
        for (const topic_text& each : listener.await(3000))
            found.push_back(each.body);
        BOOST_TEST((found == expected), version);
    }
}

BOOST_AUTO_TEST_CASE(a_message_may_be_kept_and_one_that_nobody_hears_is_counted)
{
    const std::string topic = fresh_topic();
    BOOST_TEST(publish(packets(body("x")), {{"topic", topic}}).metrics.at("unheard") == 1.0);
    BOOST_TEST(publish(packets(body("y")), {{"topic", topic}, {"retain", true}}).delivered.size() ==
               1U);
    const auto found = mqtt_listener(shared_mqtt(), topic).await(1);
    BOOST_TEST_REQUIRE(found.size() == 1U);
    BOOST_TEST(found[0].body == "y");
}

BOOST_AUTO_TEST_CASE(packets_may_name_their_topic_and_one_that_is_none_fails_them_alone)
{
    const std::string topic = fresh_topic();
    const mqtt_listener listener(shared_mqtt(), topic + "/#");
    packet odd({{"to", json::string(topic + "/c")}});
    odd.set_meta("a", "x\x01y");
    auto result = publish(packets(packet({{"to", json::string(topic + "/a")}}),
                                  packet({{"to", json::string(topic + "/+")}}),
                                  packet({{"to", ""}}), packet({{"none", 1}}), std::move(odd)),
                          {{"topic", "{{to}}"}});
    BOOST_TEST(result.delivered.size() == 1U);
    BOOST_TEST_REQUIRE(result.failed.size() == 4U);
    const std::string none =
        "topic: is no name of a topic; one without + and #, and not empty, was expected";
    BOOST_TEST(result.failed[0].second == none);
    BOOST_TEST(result.failed[1].second == none);
    BOOST_TEST(result.failed[2].second == "to: is absent; a text or a number was expected");
    BOOST_TEST(has(result.failed[3].second, "meta: a is no property of a message"));
    BOOST_TEST(listener.await(1)[0].topic == topic + "/a");
}

BOOST_AUTO_TEST_CASE(what_a_broker_does_not_allow_fails_its_packet_or_waits)
{
    const local_server folder("mosquitto");
    mqtt_server strict("acl_file " + folder.write("rules", "topic readwrite open/#\n") + "\n");
    strict.start();
    const json::array urls{json::string(strict.url())};
    auto result = publish(packets(packet({{"to", "open/a"}}), packet({{"to", "closed"}})),
                          {{"topic", "{{to}}"}, {"urls", urls}});
    BOOST_TEST(result.delivered.size() == 1U);
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second == "topic: closed: Not authorized");
    BOOST_TEST(has(why_away({{"topic", "closed"}, {"urls", urls}}), "closed: Not authorized"));
}

BOOST_AUTO_TEST_CASE(brokers_that_are_away_hang_or_refuse_are_waited_for_and_named)
{
    BOOST_TEST(why_away({{"topic", "t"},
                         {"urls", json::array{"mqtt://127.0.0.1:1"}},
                         {"connect_timeout", "1s"}}) == "127.0.0.1:1: Connection refused");
    mqtt_server server;
    server.start();
    server.pause();
    BOOST_TEST(has(why_away({{"topic", "t"},
                             {"urls", json::array{json::string(server.url())}},
                             {"connect_timeout", "1s"}}),
                   "no answer within 1000 ms"));
    server.resume();
    mqtt_server closed("allow_anonymous false\n");
    closed.start();
    const json::array urls{json::string(closed.url())};
    BOOST_TEST(has(why_away({{"topic", "t"}, {"urls", urls}}), "Not authorized"));
    BOOST_TEST(
        has(why_away({{"topic", "t"}, {"urls", urls}, {"version", "3.1.1"}}), "not authorised"));
    BOOST_TEST(
        publish(packets(body("x")),
                {{"topic", "t"},
                 {"urls", json::array{"mqtt://127.0.0.1:1", json::string(shared_mqtt().url())}}})
            .delivered.size() == 1U);
}

BOOST_AUTO_TEST_CASE(messages_go_over_tls_to_a_broker_whose_certificate_is_trusted)
{
    const scratch_directory directory;
    const auto shown = make_certificate(directory.path(""), "own", "DNS:localhost");
    const auto other = make_certificate(directory.path(""), "other", "DNS:localhost");
    mqtt_server server;
    server.secure(shown.file, shown.key);
    server.start();
    const auto through = [&](const std::string& host, const std::string& trusted)
    {
        return json::object{{"topic", "t"},
                            {"urls", json::array{json::string(server.secure_url(host))}},
                            {"ca_file", json::string(trusted)}};
    };
    BOOST_TEST(why_away(through("localhost", shown.file)) == "none");
    for (const auto& [host, trusted] :
         {std::pair("localhost", other.file), std::pair("localhost", std::string()),
          std::pair("127.0.0.1", shown.file)})
        BOOST_TEST(has(why_away(through(host, trusted)), "TLS error"),
                   why_away(through(host, trusted)));
}

BOOST_AUTO_TEST_CASE(odd_parameters_are_refused)
{
    const auto refused = [](json::object params)
    {
        params.emplace("urls", json::array{"mqtt://localhost"});
        params.emplace("topic", "t");
        BOOST_CHECK_THROW((void)run_entry(mqtt_package::publish_entry, params, {}),
                          penstock::parameter_error);
    };
    refused({{"urls", json::array()}});
    refused({{"urls", json::array{"http://a"}}});
    refused({{"topic", ""}});
    refused({{"topic", "{{"}});
    refused({{"topic", "a/+"}});
    refused({{"user", "somebody"}});
    refused({{"certificate_file", "/a.pem"}});
    BOOST_CHECK_THROW((void)read("c", ""), penstock::parameter_error);
    BOOST_CHECK_THROW((void)read("c", "a/#/b"), penstock::parameter_error);
    BOOST_CHECK_THROW((void)read("", "t"), penstock::parameter_error);
}

BOOST_AUTO_TEST_SUITE_END()
