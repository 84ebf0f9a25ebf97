// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/chunk_parser.hpp"

#include "host/net/reader.hpp"
#include "whole_head.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(chunked_bodies)

namespace http = penstock::host::http;
using http::testing::read_whole;

namespace
{

const std::string chunked_head =
    "POST /data HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";

/// Reads a chunked body offered in pieces of one size; the body, or the status it is refused with.
struct outcome
{
    std::string body;
    unsigned status = 0;
    bool complete = false;
    std::string rest;
};

outcome read_chunks(std::string_view body, std::size_t piece, const http::limits& bounds = {})
{
    http::reader reads{bounds};
    BOOST_REQUIRE(read_whole(reads, chunked_head).has_value());
    outcome seen;
    std::string buffered;
    while (!body.empty() || !buffered.empty())
    {
        const auto next = body.substr(0, piece);
        body.remove_prefix(next.size());
        buffered += next;
        const auto used = reads.read_body(buffered);
        if (used.has_error())
        {
            seen.status = used.error().status();
            return seen;
        }
        buffered.erase(0, *used);
        if (reads.complete() || next.empty())
        {
            break;
        }
    }
    seen.complete = reads.complete();
    seen.body = reads.current().body;
    seen.rest = buffered + std::string{body};
    return seen;
}

} // namespace

BOOST_AUTO_TEST_CASE(chunks_join_however_they_are_cut)
{
    const std::string body = "5\r\nhello\r\n00a;note=1\r\n, penstock\r\n0\r\n\r\n";
    for (std::size_t piece = 1; piece <= body.size() + 1; ++piece)
    {
        const auto seen = read_chunks(body + "GET /next", piece);
        BOOST_TEST(seen.complete);
        BOOST_TEST(seen.body == "hello, penstock");
        BOOST_TEST(seen.rest == "GET /next");
    }
}

BOOST_AUTO_TEST_CASE(a_body_of_no_chunks_may_come_in_any_pieces)
{
    for (std::size_t piece = 1; piece <= 5; ++piece)
    {
        const auto seen = read_chunks("0\r\n\r\n", piece);
        BOOST_TEST(seen.complete);
        BOOST_TEST(seen.body == "");
        BOOST_TEST(read_chunks("0\r\nx: y\r\n\r\n", piece).complete);
    }
}

BOOST_AUTO_TEST_CASE(trailers_are_discarded_within_the_limits_of_a_header)
{
    const std::string body = "5\r\nhello\r\n0\r\nX-Sum: 1\r\nX-Other: 2\r\n\r\n";
    for (std::size_t piece = 1; piece <= body.size() + 1; ++piece)
    {
        const auto seen = read_chunks(body + "GET /next", piece);
        BOOST_TEST(seen.complete);
        BOOST_TEST(seen.body == "hello");
        BOOST_TEST(seen.rest == "GET /next");
    }
    http::limits few;
    few.header_fields = 2;
    BOOST_TEST(read_chunks(body, 1, few).complete);
    BOOST_TEST(read_chunks("0\r\nA: 1\r\nB: 2\r\nC: 3\r\n\r\n", 8, few).status == 431U);
}

BOOST_AUTO_TEST_CASE(the_begin_of_the_last_chunk_may_be_looked_at_twice)
{
    const http::limits bounds;
    for (const std::string_view begun : {"0", "0\r\n", "0;\r\n", "00\r\n"})
    {
        http::reader reads{bounds};
        BOOST_REQUIRE(read_whole(reads, chunked_head).has_value());
        BOOST_TEST(reads.read_body(begun).value() == 0U);
        BOOST_TEST(reads.read_body(begun).value() == 0U);
        BOOST_TEST(!reads.complete());
        BOOST_TEST(reads.missing() > bounds.body); // nobody knows
    }
}

BOOST_AUTO_TEST_CASE(bad_chunks_are_refused)
{
    const std::vector<std::string> bad{
        "5\nhello\r\n0\r\n\r\n",
        "5\r\nhello\n0\r\n\r\n",
        "5\r\nhelloX0\r\n\r\n",
        "5\rhello\r\n0\r\n\r\n",
        "0x5\r\nhello\r\n0\r\n\r\n",
        "+5\r\nhello\r\n0\r\n\r\n",
        "-5\r\nhello\r\n0\r\n\r\n",
        " 5\r\nhello\r\n0\r\n\r\n",
        "g\r\nhello\r\n0\r\n\r\n",
        "\r\nhello\r\n0\r\n\r\n",
        ";a\r\nhello\r\n0\r\n\r\n",
        "5 hello\r\nhello\r\n0\r\n\r\n",
        "5;a\nb\r\nhello\r\n0\r\n\r\n",
        "5;a\rb\r\nhello\r\n0\r\n\r\n",
        std::string("5;a\0b\r\nhello\r\n0\r\n\r\n", 19),
        "5\r\nhello\r\n0\r\n\n",
        "5\r\nhello\r\n0\n\r\n",
        "5\r\nhello\r\n0\r\nX y\r\n\r\n",
        "5\r\nhello\r\n0\r\nContent-Length: 4\r\n\r\n",
        "10000000000000005\r\nhello\r\n0\r\n\r\n",
        "fffffffffffffffff\r\nhello\r\n0\r\n\r\n",
        "5;" + std::string(300, 'a') + "\r\nhello\r\n0\r\n\r\n",
    };
    for (const auto& body : bad)
    {
        BOOST_TEST_CONTEXT(body)
        {
            BOOST_TEST(read_chunks(body, body.size()).status == 400U);
            const auto slow = read_chunks(body, 1);
            BOOST_TEST(!slow.complete);
        }
    }
}

BOOST_AUTO_TEST_CASE(chunks_over_the_limit_are_refused_before_they_come)
{
    http::limits bounds;
    bounds.body = 8;
    BOOST_TEST(read_chunks("9\r\n", 16, bounds).status == 413U);
    BOOST_TEST(read_chunks("ffffffffffffffff\r\n", 32, bounds).status == 413U);
    BOOST_TEST(read_chunks("5\r\nhello\r\n4\r\n", 16, bounds).status == 413U);
    BOOST_TEST(read_chunks("8\r\npenstock\r\n0\r\n\r\n", 32, bounds).complete);
}

BOOST_AUTO_TEST_SUITE_END()
