// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"
#include "syslog/sending.hpp"

#include "tests/host/net/reserved_port.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(syslog_source)

namespace json = penstock::json;

namespace
{

std::string refused(json::object parameters)
{
    return refusal(syslog_package::source_entry, parameters);
}

bool has(const std::string& text, const char* part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_CASE(addresses_that_are_none_are_named)
{
    const auto at = [](const char* address) {
        return refused({{"listen", json::array{json::string(address)}}});
    };
    BOOST_TEST(has(at("http://127.0.0.1:1"), "udp://, tcp:// or tls:// was expected"));
    BOOST_TEST(has(at("udp://localhost:514"), "no numeric host"));
    BOOST_TEST(has(at("udp://127.0.0.1"), "HOST:PORT was expected"));
    BOOST_TEST(has(at("udp://127.0.0.1:0"), "1 to 65535 was expected"));
    BOOST_TEST(has(at("tls://127.0.0.1:6514"), "both were expected for tls"));
    BOOST_TEST(has(refused({{"listen", json::array{}}}), "is empty"));
    BOOST_TEST(has(refused({{"listen", json::array{"tcp://[::1]:601"}}, {"key_file", "k"}}),
                   "no address of tls"));
}

BOOST_AUTO_TEST_CASE(files_that_tls_cannot_use_are_named)
{
    BOOST_TEST(has(refused({{"listen", json::array{"tls://127.0.0.1:6514"}},
                            {"certificate_file", "/nowhere.pem"},
                            {"key_file", "/nowhere.key"}}),
                   "certificate_file: /nowhere.pem cannot be used"));
}

BOOST_AUTO_TEST_CASE(an_address_that_another_has_is_waited_for)
{
    const penstock::host::http::testing::reserved_port port;
    const std::string address = "tcp://127.0.0.1:" + std::to_string(port.number());
    const syslog_package::listen_address where = syslog_package::read_listen_address(address);
    const int other = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(other, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    BOOST_TEST(::bind(other, reinterpret_cast<const sockaddr*>(&where.address), where.size) == 0);
    BOOST_TEST(::listen(other, 1) == 0);
    const std::string why = refused({{"listen", json::array{json::string(address)}}});
    ::close(other);
    BOOST_TEST(has(why, address.c_str()));
    BOOST_TEST(has(why, "Address already in use"));
}

BOOST_AUTO_TEST_SUITE_END()
