// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/listener.hpp"

#include <boost/test/unit_test.hpp>

#include <system_error>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

BOOST_AUTO_TEST_SUITE(listener)

using penstock::host::descriptor;
using penstock::host::supervise::listen_on;

namespace
{

std::uint16_t port_of(const descriptor& socket)
{
    sockaddr_storage bound{};
    socklen_t size = sizeof bound;
    BOOST_REQUIRE(::getsockname(socket.number(), reinterpret_cast<sockaddr*>(&bound), &size) == 0);
    if (bound.ss_family == AF_INET6)
        return ntohs(reinterpret_cast<const sockaddr_in6*>(&bound)->sin6_port);
    return ntohs(reinterpret_cast<const sockaddr_in*>(&bound)->sin_port);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_free_port_is_found_and_can_be_connected_to)
{
    const descriptor socket = listen_on("127.0.0.1", 0);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(port_of(socket));
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const descriptor client(::socket(AF_INET, SOCK_STREAM, 0));
    BOOST_TEST(
        ::connect(client.number(), reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0);
}

BOOST_AUTO_TEST_CASE(both_families_are_listened_on)
{
    BOOST_TEST(port_of(listen_on("127.0.0.1", 0)) != 0);
    BOOST_TEST(port_of(listen_on("::1", 0)) != 0);
}

BOOST_AUTO_TEST_CASE(a_port_that_is_taken_is_refused)
{
    const descriptor first = listen_on("127.0.0.1", 0);
    BOOST_CHECK_EXCEPTION(listen_on("127.0.0.1", port_of(first)), std::system_error,
                          [](const std::system_error& error)
                          { return error.code() == std::errc::address_in_use; });
}

BOOST_AUTO_TEST_CASE(what_is_no_address_is_refused)
{
    BOOST_CHECK_THROW(listen_on("localhost", 0), std::system_error);
}

BOOST_AUTO_TEST_SUITE_END()
