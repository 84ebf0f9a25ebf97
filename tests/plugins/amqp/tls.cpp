// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "amqp_test.hpp"
#include "scratch_directory.hpp"

#include "tests/host/net/certificate.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(amqp_tls)

using namespace amqp_test;
using penstock::host::http::testing::make_certificate;

BOOST_AUTO_TEST_CASE(messages_go_over_tls_to_a_broker_whose_certificate_is_trusted)
{
    const scratch_directory directory;
    const auto shown = make_certificate(directory.path(""), "own", "DNS:localhost");
    const auto other = make_certificate(directory.path(""), "other", "DNS:localhost");
    broker_server broker;
    broker.configure("listeners.ssl.1 = 127.0.0.1:" + std::to_string(broker.other_port()) +
                     "\nssl_options.certfile = " + broker.take_copy(shown.file, "own.pem") +
                     "\nssl_options.keyfile = " + broker.take_copy(shown.key, "own.key") +
                     "\nssl_options.verify = verify_none\n");
    broker.start();
    broker_queue queue(broker.port());
    const auto through = [&](const std::string& host, const std::string& trusted)
    {
        return json::object{
            {"urls", json::array{json::string("amqps://" + host + ":" +
                                              std::to_string(broker.other_port()))}},
            {"queue", queue.name()},
            {"ca_file", trusted},
            {"connect_timeout", "10s"}};
    };
    std::string large(1'000'000, 'x');
    BOOST_TEST(publish(packets(body("one"), body(large)), through("localhost", shown.file))
                   .delivered.size() == 2U);
    BOOST_TEST(read(queue.name(), through("localhost", shown.file)).out().size() == 2U);
    check_away(through("localhost", other.file), "SSL peer cert verification failed");
    check_away(through("localhost", ""), "SSL peer cert verification failed");
    check_away(through("127.0.0.1", shown.file), "SSL hostname verification failed");
    BOOST_TEST(queue.size() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
