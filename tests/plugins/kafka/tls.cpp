// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "kafka_test.hpp"

#include "curl/scripted_server.hpp"
#include "scratch_directory.hpp"

#include "tests/host/net/certificate.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(kafka_tls)

using namespace kafka_test;
using penstock::host::http::testing::make_certificate;

// The brokers of the tests know no TLS: the far side is no broker, and says nothing to one that is
// connected.
BOOST_AUTO_TEST_CASE(a_certificate_has_to_be_trusted_and_to_have_the_name_of_the_host)
{
    const scratch_directory directory;
    const auto shown = make_certificate(directory.path(""), "own", "DNS:localhost");
    const auto other = make_certificate(directory.path(""), "other", "DNS:localhost");
    const scripted_server far([](const received_request&) { return scripted_answer{}; },
                              {shown.file, shown.key});
    const auto through = [&](const std::string& host, const std::string& trusted)
    {
        return json::object{
            {"topic", "t"},
            {"brokers", json::array{json::string(host + ':' + std::to_string(far.port()))}},
            {"connect_timeout", "2s"},
            {"tls", true},
            {"ca_file", json::string(trusted)}};
    };
    check_away(through("localhost", other.file), "certificate verify failed");
    check_away(through("localhost", ""), "certificate verify failed");
    check_away(through("127.0.0.1", shown.file), "certificate verify failed");
    check_away(through("localhost", shown.file), "no broker has answered within 2000 ms");
}

BOOST_AUTO_TEST_SUITE_END()
