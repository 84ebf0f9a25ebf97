// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/loadgen/answer.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(answer)

using penstock::bench::take_answer;

BOOST_AUTO_TEST_CASE(an_answer_is_taken_once_its_body_is_whole)
{
    std::string received = "HTTP/1.1 202 Accepted\r\nContent-Length: 4\r\n\r\nabc";
    BOOST_TEST(!take_answer(received, false));
    received += "dHTTP";
    const auto taken = take_answer(received, false);
    BOOST_TEST_REQUIRE(taken.has_value());
    BOOST_TEST(taken->status == 202);
    BOOST_TEST(!taken->closes);
    BOOST_TEST(received == "HTTP");
}

BOOST_AUTO_TEST_CASE(an_answer_that_says_so_ends_its_connection)
{
    std::string received = "HTTP/1.1 503 No\r\nconnection: close\r\nContent-Length: 0\r\n\r\n";
    const auto taken = take_answer(received, false);
    BOOST_TEST_REQUIRE(taken.has_value());
    BOOST_TEST(taken->status == 503);
    BOOST_TEST(taken->closes);
}

BOOST_AUTO_TEST_CASE(without_a_length_the_body_goes_to_the_end_of_the_connection)
{
    std::string received = "HTTP/1.0 200 OK\r\n\r\nabc";
    BOOST_TEST(!take_answer(received, false));
    BOOST_TEST_REQUIRE(take_answer(received, true).has_value());
    BOOST_TEST(received.empty());
}

BOOST_AUTO_TEST_CASE(chunks_end_with_an_empty_one)
{
    std::string received = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n";
    BOOST_TEST(!take_answer(received, false));
    received += "0\r\n\r\n";
    BOOST_TEST(take_answer(received, false).has_value());
}

BOOST_AUTO_TEST_CASE(go_on_is_no_answer)
{
    std::string received = "HTTP/1.1 100 Continue\r\n\r\n";
    BOOST_TEST(!take_answer(received, false));
    received += "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";
    BOOST_TEST(take_answer(received, false)->status == 202);
}

BOOST_AUTO_TEST_SUITE_END()
