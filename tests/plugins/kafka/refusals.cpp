// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "kafka_test.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(kafka_refusals)

using namespace kafka_test;

BOOST_AUTO_TEST_CASE(a_topic_that_nobody_may_write_to_or_see_is_waited_for)
{
    broker_cluster& brokers = shared_cluster();
    const std::string topic = brokers.create_topic();
    brokers.set_error(topic, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED);
    check_away({{"topic", topic}}, topic + ": Broker: Topic authorization failed");
    BOOST_CHECK_THROW((void)read(topic), penstock::unavailable);
    brokers.set_error(topic, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
    check_away({{"topic", topic}}, topic + ": Broker: Unknown topic or partition");
    BOOST_CHECK_THROW((void)read(topic), penstock::unavailable);
}

BOOST_AUTO_TEST_CASE(brokers_that_are_away_are_waited_for_and_named)
{
    const json::array nobody{"127.0.0.1:1"};
    check_away({{"topic", "t"}, {"brokers", nobody}, {"connect_timeout", "1s"}},
               "127.0.0.1:1: 127.0.0.1:1/bootstrap: Connect to ipv4#127.0.0.1:1 failed: "
               "Connection refused");
    check_away({{"topic", "t"},
                {"brokers", json::array{"nowhere.invalid:9092"}},
                {"connect_timeout", "1s"}},
               "nowhere.invalid:9092: ");
    BOOST_CHECK_THROW((void)read("t", {{"brokers", nobody}, {"connect_timeout", "1s"}}),
                      penstock::unavailable);
}

BOOST_AUTO_TEST_CASE(brokers_that_confirm_nothing_are_waited_for)
{
    broker_cluster brokers(1);
    const std::string topic = brokers.create_topic();
    brokers.set_leader(topic, 0, -1);
    check_away({{"topic", topic},
                {"brokers", json::array{json::string(brokers.addresses().front())}},
                {"confirm_timeout", "1s"}},
               "nothing was confirmed within 1000 ms");
}

BOOST_AUTO_TEST_CASE(a_broker_that_does_not_speak_tls_is_waited_for)
{
    const std::string topic = shared_cluster().create_topic();
    check_away({{"topic", topic}, {"tls", true}, {"connect_timeout", "2s"}}, "SSL_HANDSHAKE");
}

BOOST_AUTO_TEST_CASE(odd_parameters_are_refused)
{
    const auto refused = [](json::object params)
    {
        params.emplace("brokers", json::array{"localhost:9092"});
        params.emplace("topic", "t");
        BOOST_CHECK_THROW((void)run_entry(kafka_package::publish_entry, params, {}),
                          penstock::parameter_error);
    };
    refused({{"brokers", json::array()}});
    for (const char* each : {"", "kafka", ":9092", "kafka:", "kafka:x", "kafka://a:1", "a:1,b:2",
                             "user@a:1", "::1:9092"})
        refused({{"brokers", json::array{each}}});
    refused({{"topic", ""}});
    refused({{"topic", "{{"}});
    refused({{"topic", "a b"}});
    refused({{"topic", json::string(std::string("a\0b", 3))}});
    refused({{"key", "{{"}});
    refused({{"user", "somebody"}});
    refused({{"ca_file", "/etc/ssl/certs/ca-certificates.crt"}});
    refused({{"tls", true}, {"certificate_file", "/a.pem"}});
    refused({{"user", "a"}, {"password", "b"}, {"mechanism", "PLAIN"}});
    BOOST_CHECK_THROW((void)read(""), penstock::parameter_error);
    BOOST_CHECK_THROW((void)read("^all.*"), penstock::parameter_error);
    BOOST_CHECK_THROW((void)read("t", {{"group", ""}}), penstock::parameter_error);
}

BOOST_AUTO_TEST_SUITE_END()
