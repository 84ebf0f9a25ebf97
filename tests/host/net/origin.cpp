// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/origin.hpp"

#include <boost/test/unit_test.hpp>

#include <initializer_list>
#include <utility>

BOOST_AUTO_TEST_SUITE(origin)

namespace http = penstock::host::http;

namespace
{

bool lets_in(std::initializer_list<std::pair<const char*, const char*>> fields,
             const http::origin_rules& rules = {})
{
    http::header_list headers;
    for (const auto& [name, value] : fields)
    {
        headers.add(name, value);
    }
    return !rules.objection(headers).has_value();
}

} // namespace

BOOST_AUTO_TEST_CASE(loopback_names_are_let_in)
{
    for (const auto* const host : {"localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:1",
                                   "127.1.2.3", "[::1]", "[::1]:8080", "editor.localhost:80"})
    {
        BOOST_TEST_CONTEXT(host)
        {
            BOOST_TEST(lets_in({{"Host", host}}));
        }
    }
}

BOOST_AUTO_TEST_CASE(other_hosts_are_not)
{
    for (const auto* const host : {"",
                                   "example.org",
                                   "localhost.example.org",
                                   "127.0.0.1.example.org",
                                   "127.0.0.256",
                                   "127.0.0",
                                   "127.0.0.1.",
                                   "0.0.0.0",
                                   "[::2]",
                                   "192.168.1.1",
                                   "128.0.0.1",
                                   "2130706433",
                                   "localhost:",
                                   "localhost:x",
                                   "localhost:80:80",
                                   "[::1",
                                   "[::1]x",
                                   ".localhost",
                                   "0127.0.0.1",
                                   "localhost:123456"})
    {
        BOOST_TEST_CONTEXT(host)
        {
            BOOST_TEST(lets_in({{"Host", host}}) == (std::string_view{host} == "localhost:"));
        }
    }
    BOOST_TEST(!lets_in({}));
}

BOOST_AUTO_TEST_CASE(configured_hosts_are_let_in)
{
    const http::origin_rules rules{.hosts = {"penstock.example.org"}, .origins = {}};
    BOOST_TEST(lets_in({{"Host", "Penstock.example.org:8080"}}, rules));
    BOOST_TEST(!lets_in({{"Host", "x.penstock.example.org"}}, rules));
}

BOOST_AUTO_TEST_CASE(a_star_lets_in_all_names_below_a_name_or_all_of_all)
{
    const http::origin_rules below{.hosts = {"*.Example.org"}, .origins = {}};
    BOOST_TEST(lets_in({{"Host", "a.example.org:8080"}}, below));
    BOOST_TEST(lets_in({{"Host", "b.a.example.org"}}, below));
    BOOST_TEST(!lets_in({{"Host", "example.org"}}, below));
    BOOST_TEST(!lets_in({{"Host", ".example.org"}}, below));
    BOOST_TEST(!lets_in({{"Host", "badexample.org"}}, below));
    BOOST_TEST(!lets_in({}, below));
    const http::origin_rules ipv6{.hosts = {"fd00::7", "[fd00::8]"}, .origins = {}};
    BOOST_TEST(lets_in({{"Host", "[fd00::7]:8080"}}, ipv6));
    BOOST_TEST(lets_in({{"Host", "[FD00::8]"}}, ipv6));
    BOOST_TEST(!lets_in({{"Host", "[fd00::9]"}}, ipv6));
    const http::origin_rules any{.hosts = {"*"}, .origins = {}};
    BOOST_TEST(lets_in({{"Host", "10.0.0.7:8080"}}, any));
    BOOST_TEST(!lets_in({{"Host", "a.org"}, {"Origin", "http://b.org"}}, any));
}

BOOST_AUTO_TEST_CASE(a_pattern_of_hosts_has_one_star_at_its_begin)
{
    for (const auto* const good : {"*", "*.example.org", "example.org", "[::2]", "::2", "10.0.0.7"})
    {
        BOOST_TEST(http::is_host_pattern(good), good);
    }
    for (const auto* const bad : {"", "**", "*.", "*example.org", "a.*.org", "*.*", "a.org:80"})
    {
        BOOST_TEST(!http::is_host_pattern(bad), bad);
    }
}

BOOST_AUTO_TEST_CASE(pages_of_this_host_may_call)
{
    BOOST_TEST(lets_in({{"Host", "localhost:8080"}, {"Origin", "http://localhost:8080"}}));
    BOOST_TEST(lets_in({{"Host", "localhost:8080"}, {"Origin", "http://127.0.0.1:8080"}}));
    BOOST_TEST(lets_in({{"Host", "[::1]:8080"}, {"Origin", "http://[::1]:8080"}}));
    BOOST_TEST(lets_in({{"Host", "localhost"}, {"Origin", "http://localhost"}}));
    BOOST_TEST(lets_in({{"Host", "localhost"}, {"Origin", "https://localhost"}}));
    BOOST_TEST(lets_in({{"Host", "localhost:80"}, {"Origin", "http://localhost"}}));
}

BOOST_AUTO_TEST_CASE(pages_of_other_sites_may_not)
{
    for (const auto* const origin :
         {"http://example.org", "null", "", "http://localhost", "http://localhost:9090",
          "https://localhost", "http://localhost:8080.example.org", "localhost:8080",
          "http://example.org:8080", "file://", "http://localhost:8080@example.org"})
    {
        BOOST_TEST_CONTEXT(origin)
        {
            BOOST_TEST(!lets_in({{"Host", "localhost:8080"}, {"Origin", origin}}));
        }
    }
}

BOOST_AUTO_TEST_CASE(configured_origins_may_call)
{
    const http::origin_rules rules{.hosts = {}, .origins = {"https://ops.example.org"}};
    BOOST_TEST(lets_in({{"Host", "localhost"}, {"Origin", "https://ops.example.org"}}, rules));
    BOOST_TEST(!lets_in({{"Host", "localhost"}, {"Origin", "http://ops.example.org"}}, rules));
}

BOOST_AUTO_TEST_CASE(requests_of_other_pages_are_refused_whatever_makes_them)
{
    for (const auto* const site : {"cross-site", "same-site", "unknown"})
    {
        for (const auto* const mode : {"no-cors", "navigate", "cors", "websocket"})
        {
            BOOST_TEST(!lets_in(
                {{"Host", "localhost"}, {"Sec-Fetch-Site", site}, {"Sec-Fetch-Mode", mode}}));
        }
    }
    for (const auto* const site : {"same-origin", "none"})
    {
        BOOST_TEST(lets_in({{"Host", "localhost"}, {"Sec-Fetch-Site", site}}));
    }
}

BOOST_AUTO_TEST_CASE(a_page_that_may_call_says_who_it_is)
{
    BOOST_TEST(lets_in({{"Host", "127.0.0.1:8080"},
                        {"Origin", "http://localhost:8080"},
                        {"Sec-Fetch-Site", "cross-site"}}));
}

BOOST_AUTO_TEST_CASE(visitors_may_follow_a_link_and_embed_nothing)
{
    const http::origin_rules rules;
    const auto may = [&](const char* host, const char* mode, http::audience who)
    {
        http::header_list headers;
        headers.add("Host", host);
        headers.add("Sec-Fetch-Site", "cross-site");
        headers.add("Sec-Fetch-Mode", mode);
        return !rules.objection(headers, who).has_value();
    };
    BOOST_TEST(may("localhost", "navigate", http::audience::visitors));
    BOOST_TEST(!may("localhost", "no-cors", http::audience::visitors));
    BOOST_TEST(!may("evil.example", "navigate", http::audience::visitors));
    BOOST_TEST(may("evil.example", "no-cors", http::audience::anybody));
}

BOOST_AUTO_TEST_CASE(an_origin_is_a_scheme_a_host_and_no_more_than_a_port)
{
    for (const auto* const good : {"https://ops.example.org", "http://[::1]:8080", "http://a:1"})
        BOOST_TEST(http::is_origin(good), good);
    for (const auto* const bad :
         {"", "null", "ops.example.org", "https://", "https://a/", "https://a b", "https://a:x",
          "://a", "ht tp://a", "https://a?x", "https://u@a"})
        BOOST_TEST(!http::is_origin(bad), bad);
    for (const auto* const bad : {"a b", "a/b", "u@a", "a,b"})
        BOOST_TEST(!http::is_host_pattern(bad), bad);
}

BOOST_AUTO_TEST_SUITE_END()
