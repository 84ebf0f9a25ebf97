// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "address.hpp"
#include "amqp_test.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

BOOST_AUTO_TEST_SUITE(amqp_refusals)

using namespace amqp_test;

BOOST_AUTO_TEST_CASE(a_queue_or_exchange_that_is_not_there_is_waited_for)
{
    check_away({{"queue", "absent"}}, "404 NOT_FOUND - no queue 'absent'");
    check_away({{"exchange", "absent"}}, "404 NOT_FOUND - no exchange 'absent'");
    check_away({{"routing_key", "absent"}}, "messages come back: 312 NO_ROUTE");
    BOOST_CHECK_THROW((void)read("absent"), penstock::unavailable);
}

BOOST_AUTO_TEST_CASE(a_queue_that_is_full_is_waited_for)
{
    broker_queue queue(shared_broker_port(), kind::classic,
                       {{"x-max-length", "1"}, {"x-overflow", "reject-publish"}});
    queue.put("first");
    check_away({{"queue", queue.name()}}, "could not keep a message");
    BOOST_TEST(queue.take_bodies() == strings{"first"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_queue_that_is_gone_with_the_broker_is_refused_unless_it_may_be)
{
    broker_queue queue(shared_broker_port(), kind::transient);
    check_away({{"queue", queue.name()}}, "is gone when the broker ends");
    BOOST_TEST(queue.size() == 0U);
    BOOST_TEST(publish(packets(body("x")), {{"queue", queue.name()}, {"transient", true}})
                   .delivered.size() == 1U);
    broker_queue durable(shared_broker_port(), kind::classic, {{"x-max-length", "10"}});
    BOOST_TEST(publish(packets(body("x")), {{"queue", durable.name()}}).delivered.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_queue_that_is_there_is_not_declared_and_still_has_to_be_durable)
{
    broker_queue queue(shared_broker_port(), kind::classic);
    BOOST_TEST(
        publish(packets(body("x")), {{"queue", queue.name()}, {"declare", 3}}).delivered.size() ==
        1U);
    BOOST_TEST(queue.size() == 1U);
    const broker_queue transient(shared_broker_port(), kind::transient);
    check_away({{"queue", transient.name()}, {"declare", 3}}, "is gone when the broker ends");
}

BOOST_AUTO_TEST_CASE(a_queue_that_is_no_quorum_queue_is_refused_as_replicated)
{
    broker_queue classic(shared_broker_port(), kind::classic);
    check_away({{"queue", classic.name()}, {"replicated", true}}, "is no quorum queue");
    BOOST_TEST(classic.size() == 0U);
    const broker_queue plain(shared_broker_port());
    const broker_queue limited(shared_broker_port(), kind::quorum, {{"x-max-length", "10"}});
    for (const broker_queue* each : {&plain, &limited})
        BOOST_TEST(publish(packets(body("x")), {{"queue", each->name()}, {"replicated", true}})
                       .delivered.size() == 1U);
}

BOOST_AUTO_TEST_CASE(who_may_not_log_in_waits_and_says_why)
{
    const broker_queue queue(shared_broker_port());
    check_away({{"queue", queue.name()}, {"user", "guest"}, {"password", "wrong"}},
               "403 ACCESS_REFUSED");
    check_away({{"queue", queue.name()},
                {"urls", json::array{json::string(shared_broker_url() + "/absent")}}},
               "530 NOT_ALLOWED");
}

BOOST_AUTO_TEST_CASE(each_address_is_tried_and_named)
{
    const broker_queue queue(shared_broker_port());
    const json::array nobody{"amqp://127.0.0.1:1", "amqp://nowhere.invalid"};
    check_away({{"queue", queue.name()}, {"urls", nobody}}, "127.0.0.1:1: ");
    check_away({{"queue", queue.name()}, {"urls", nobody}}, "nowhere.invalid:5672: ");
    json::array with_one = nobody;
    with_one.push_back(json::string(shared_broker_url()));
    BOOST_TEST(publish(packets(body("x")), {{"queue", queue.name()}, {"urls", with_one}})
                   .delivered.size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_address_has_parts)
{
    const amqp_package::address plain = amqp_package::address_of("amqp://mq");
    BOOST_TEST(plain.host == "mq");
    BOOST_TEST(plain.port == 5672);
    BOOST_TEST(plain.virtual_host == "/");
    BOOST_TEST(!plain.is_secure);
    const amqp_package::address full = amqp_package::address_of("amqps://[::1]:99/a%2Fb");
    BOOST_TEST(full.host == "::1");
    BOOST_TEST(full.text() == "::1:99");
    BOOST_TEST(full.virtual_host == "a/b");
    BOOST_TEST(full.is_secure);
    BOOST_TEST(amqp_package::address_of("amqp://mq/").virtual_host == "/");
    for (const char* each : {"", "mq", "http://mq", "amqp://", "amqp://user:secret@mq",
                             "amqp://user@mq", "amqp://mq:x", "amqp://mq/a/b"})
    {
        BOOST_TEST_CONTEXT(each)
        BOOST_CHECK_THROW((void)amqp_package::address_of(each), std::invalid_argument);
    }
}

BOOST_AUTO_TEST_CASE(odd_parameters_are_refused)
{
    const auto refused = [](json::object params)
    {
        params.emplace("urls", json::array{"amqp://localhost"});
        BOOST_CHECK_THROW((void)run_entry(amqp_package::publish_entry, params, {}),
                          penstock::parameter_error);
    };
    refused({});
    refused({{"urls", json::array()}, {"queue", "q"}});
    refused({{"urls", json::array{"amqp://user:secret@mq"}}, {"queue", "q"}});
    refused({{"queue", "q"}, {"exchange", "e"}});
    refused({{"queue", "q"}, {"routing_key", "k"}});
    refused({{"exchange", "e"}, {"declare", 3}});
    refused({{"exchange", "e"}, {"transient", true}});
    refused({{"queue", "q"}, {"declare", 3}, {"transient", true}});
    refused({{"queue", "q"}, {"declare", 2}, {"replicated", true}});
    refused({{"queue", "q"}, {"transient", true}, {"replicated", true}});
    refused({{"exchange", "e"}, {"routing_key", "{{"}});
    refused({{"queue", "q"}, {"user", "somebody"}});
    BOOST_CHECK_THROW((void)read(""), penstock::parameter_error);
}

BOOST_AUTO_TEST_SUITE_END()
