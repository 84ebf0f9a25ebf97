// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/framing.hpp"

#include "ambiguous_heads.hpp"
#include "host/net/reader.hpp"
#include "whole_head.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(framing)

namespace http = penstock::host::http;
using http::testing::read_whole;

namespace
{

const http::limits bounds;

std::string head_with(const std::string& fields)
{
    return "POST /data HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
}

http::checked<http::framing> check_framing(std::string_view head)
{
    http::reader reads{bounds};
    const auto read = read_whole(reads, head);
    if (read.has_error())
    {
        return read.error();
    }
    return reads.framed();
}

} // namespace

BOOST_AUTO_TEST_CASE(a_length_delimits)
{
    const auto framed = check_framing(head_with("content-length: 0012\r\n"));
    BOOST_REQUIRE(framed.has_value());
    BOOST_TEST(framed->content_length.value() == 12U);
    BOOST_TEST(!framed->chunked);
    BOOST_TEST(framed->has_body());
}

BOOST_AUTO_TEST_CASE(chunks_delimit)
{
    const auto framed = check_framing(head_with("transfer-encoding: \tchunked \r\n"));
    BOOST_REQUIRE(framed.has_value());
    BOOST_TEST(framed->chunked);
    BOOST_TEST(framed->has_body());
}

BOOST_AUTO_TEST_CASE(nothing_delimits_no_body)
{
    const auto framed = check_framing(head_with(""));
    BOOST_REQUIRE(framed.has_value());
    BOOST_TEST(!framed->has_body());
    BOOST_TEST(framed->keep_alive);
}

BOOST_AUTO_TEST_CASE(the_longest_length_fits)
{
    const auto framed = check_framing(head_with("Content-Length: 9999999999999999999\r\n"));
    BOOST_REQUIRE(framed.has_value());
    BOOST_TEST(framed->content_length.value() == 9999999999999999999U);
}

BOOST_AUTO_TEST_CASE(options_may_be_asked_of_the_server_itself)
{
    http::reader reader(bounds);
    BOOST_REQUIRE(read_whole(reader, "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n").has_value());
    BOOST_TEST(reader.current().target == "*");
    BOOST_TEST(reader.current().path.empty());
    BOOST_TEST(reader.current().query.empty());
}

BOOST_AUTO_TEST_CASE(connection_close_wins_over_keep_alive)
{
    const auto framed = check_framing(head_with("Connection: close, keep-alive\r\n"));
    BOOST_REQUIRE(framed.has_value());
    BOOST_TEST(!framed->keep_alive);
}

BOOST_AUTO_TEST_CASE(the_old_version_keeps_alive_only_if_asked)
{
    const std::string line = "GET / HTTP/1.0\r\nHost: localhost\r\n";
    const auto plain = check_framing(line + "\r\n");
    const auto asked = check_framing(line + "Connection: Keep-Alive\r\n\r\n");
    BOOST_REQUIRE(plain.has_value());
    BOOST_REQUIRE(asked.has_value());
    BOOST_TEST(!plain->keep_alive);
    BOOST_TEST(asked->keep_alive);
    BOOST_TEST(asked->version == 10U);
}

BOOST_AUTO_TEST_CASE(the_old_version_need_not_name_a_host)
{
    const auto framed = check_framing("GET /livez HTTP/1.0\r\n\r\n");
    BOOST_REQUIRE(framed.has_value());
    BOOST_TEST(!framed->keep_alive);
}

BOOST_AUTO_TEST_CASE(an_expectation_is_noted)
{
    const auto framed = check_framing(head_with("Expect: 100-Continue\r\nContent-Length: 1\r\n"));
    BOOST_REQUIRE(framed.has_value());
    BOOST_TEST(framed->expects_continue);
}

BOOST_AUTO_TEST_CASE(as_many_fields_as_allowed_pass)
{
    std::string fields;
    for (int i = 0; i < 63; ++i)
    {
        fields += "X-" + std::to_string(i) + ": 1\r\n";
    }
    BOOST_TEST(check_framing(head_with(fields)).has_value());
}

BOOST_AUTO_TEST_CASE(a_header_as_large_as_allowed_passes)
{
    const auto bare = head_with("X-Note: \r\n").size();
    const auto full = head_with("X-Note: " + std::string(bounds.header - bare, 'a') + "\r\n");
    BOOST_TEST(full.size() == bounds.header);
    BOOST_TEST(check_framing(full).has_value());
    const auto over = head_with("X-Note: " + std::string(bounds.header - bare + 1, 'a') + "\r\n");
    BOOST_TEST(check_framing(over).error().status() == 431U);
}

BOOST_AUTO_TEST_CASE(no_ambiguous_head_is_read)
{
    const auto heads = http::testing::ambiguous_heads();
    BOOST_TEST(heads.size() >= 40U);
    for (const auto& bad : heads)
    {
        BOOST_TEST_CONTEXT(bad.what)
        {
            http::reader reads{bounds};
            const auto read = read_whole(reads, bad.head);
            BOOST_REQUIRE(read.has_error());
            BOOST_TEST(read.error().status() == bad.status);
            BOOST_TEST(read.error().why().find_first_of("\r\n") == std::string::npos);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_end_is_found_wherever_the_reads_cut)
{
    const auto head = head_with("X-Note: a\r\n");
    for (std::size_t cut = 0; cut < head.size(); ++cut)
    {
        const auto first = http::end_of_head(std::string_view{head}.substr(0, cut), 0, bounds);
        BOOST_REQUIRE(first.has_value());
        BOOST_TEST(!first->has_value());
        const auto whole = http::end_of_head(head + "rest", cut, bounds);
        BOOST_REQUIRE(whole.has_value());
        BOOST_TEST(whole->value() == head.size());
    }
}

BOOST_AUTO_TEST_CASE(a_hopeless_start_is_refused_before_its_end)
{
    BOOST_TEST(http::end_of_head("GET / HTTP/1.1\n", 0, bounds).has_error());
    BOOST_TEST(http::end_of_head("GET / HTTP/1.1\rH", 0, bounds).has_error());
    BOOST_TEST(http::end_of_head("\x16\x03\x01", 0, bounds).has_error());
    BOOST_TEST(http::end_of_head(std::string(bounds.header, 'a'), 0, bounds).error().status() ==
               431U);
}

BOOST_AUTO_TEST_SUITE_END()
