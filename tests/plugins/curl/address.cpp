// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../../../plugins/curl/address.hpp"

#include <boost/test/unit_test.hpp>

#include <cstring>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

BOOST_AUTO_TEST_SUITE(curl_address)

namespace
{

bool is_public(const std::string& text)
{
    sockaddr_storage made{};
    auto& four = reinterpret_cast<sockaddr_in&>(made);
    auto& six = reinterpret_cast<sockaddr_in6&>(made);
    if (::inet_pton(AF_INET, text.c_str(), &four.sin_addr) == 1)
        made.ss_family = AF_INET;
    else if (::inet_pton(AF_INET6, text.c_str(), &six.sin6_addr) == 1)
        made.ss_family = AF_INET6;
    const auto& general = reinterpret_cast<const sockaddr&>(made);
    BOOST_TEST(!curl::text_of(general).empty());
    return curl::is_public(general);
}

} // namespace

BOOST_AUTO_TEST_CASE(an_address_of_the_internet_is_public)
{
    for (const char* each :
         {"1.1.1.1",        "9.255.255.255",   "11.0.0.0",        "100.63.255.255",
          "100.128.0.0",    "126.255.255.255", "128.0.0.1",       "169.253.0.1",
          "172.15.0.1",     "172.32.0.1",      "192.167.0.1",     "192.169.0.1",
          "198.17.0.1",     "198.20.0.1",      "223.255.255.255", "2606:4700::1111",
          "2a00:1450::1",   "2001:4860::8888", "::ffff:1.1.1.1",  "64:ff9b::101:101",
          "2002:101:101::1"})
        BOOST_TEST(is_public(each), each);
}

BOOST_AUTO_TEST_CASE(an_address_of_this_host_a_private_network_a_link_or_a_group_is_not)
{
    for (const char* each : {"0.0.0.0",
                             "0.1.2.3",
                             "10.0.0.1",
                             "10.255.255.255",
                             "100.64.0.1",
                             "100.127.255.255",
                             "127.0.0.1",
                             "127.255.255.254",
                             "169.254.169.254",
                             "172.16.0.1",
                             "172.31.255.255",
                             "192.0.0.1",
                             "192.0.2.1",
                             "192.88.99.1",
                             "192.168.0.1",
                             "198.18.0.1",
                             "198.19.255.255",
                             "198.51.100.1",
                             "203.0.113.1",
                             "224.0.0.1",
                             "239.255.255.255",
                             "240.0.0.1",
                             "255.255.255.255",
                             "::",
                             "::1",
                             "::127.0.0.1",
                             "::ffff:127.0.0.1",
                             "::ffff:169.254.169.254",
                             "64:ff9b::7f00:1",
                             "64:ff9b:1::1",
                             "100::1",
                             "2001::1",
                             "2001:db8::1",
                             "2002:7f00:1::1",
                             "2002:a9fe:a9fe::1",
                             "3fff::1",
                             "fc00::1",
                             "fd12::1",
                             "fe80::1",
                             "fec0::1",
                             "ff02::1",
                             "4000::1"})
        BOOST_TEST(!is_public(each), each);
}

BOOST_AUTO_TEST_CASE(what_is_neither_ipv4_nor_ipv6_is_not)
{
    sockaddr_un local{};
    local.sun_family = AF_UNIX;
    BOOST_TEST(!curl::is_public(reinterpret_cast<const sockaddr&>(local)));
}

BOOST_AUTO_TEST_SUITE_END()
