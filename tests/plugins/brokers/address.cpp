// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../brokers/address.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <string>

BOOST_AUTO_TEST_SUITE(brokers_address)

namespace
{

constexpr brokers::address_form form{"plain", "secure", 1, 2};

std::string read(const char* url)
{
    const brokers::address found = brokers::address_of(url, form);
    return found.text() + (found.is_secure ? " secure" : "") + " /" + found.path;
}

} // namespace

BOOST_AUTO_TEST_CASE(an_address_has_a_host_and_may_have_a_port_and_a_path)
{
    BOOST_TEST(read("plain://a") == "a:1 /");
    BOOST_TEST(read("plain://a.b:77/") == "a.b:77 /");
    BOOST_TEST(read("secure://a/x/y") == "a:2 secure /x/y");
    BOOST_TEST(read("secure://[::1]:65535/x") == "::1:65535 secure /x");
    BOOST_TEST(read("plain://[fe80::1]") == "fe80::1:1 /");
}

BOOST_AUTO_TEST_CASE(what_is_none_is_refused)
{
    for (const char* each : {"", "a", "a:1", "plain:/a", "plain://", "plain:///x", "plain://:1",
                             "plain://a:", "plain://a:0", "plain://a:65536", "plain://a:-1",
                             "plain://a:1x", "plain://a b", "plain://a,b", "plain://[::1",
                             "plain://[]", "plain://[::1]x", "other://a", "plain://u:p@a"})
        BOOST_CHECK_THROW((void)read(each), std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()
