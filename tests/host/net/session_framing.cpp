// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// Where a request ends, and what is behind it.
#include "ambiguous_heads.hpp"
#include "wire.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(session)

using namespace penstock::host::http::testing;

BOOST_AUTO_TEST_CASE(no_ambiguous_head_is_answered_with_anything_but_its_refusal)
{
    running_server running;
    for (const auto& bad : ambiguous_heads())
    {
        BOOST_TEST_CONTEXT(bad.what)
        {
            auto client = running.client();
            client.send(bad.head + get("/smuggled"));
            const auto refused = client.read_answer();
            BOOST_TEST(refused.status == bad.status);
            BOOST_TEST(refused.has("Connection: close"));
            client.half_close();
            BOOST_TEST(client.read_to_end().value() == "");
        }
    }
    BOOST_TEST(running.routes.heads == 0);
    BOOST_TEST(running.routes.requests == 0);
    BOOST_TEST(running.alive());
}

BOOST_AUTO_TEST_CASE(nothing_behind_bad_chunks_is_answered)
{
    const running_server running;
    for (const std::string bad :
         {"5\nhello\r\n0\r\n\r\n", "5\r\nhelloX\r\n0\r\n\r\n", "0\r\nX y\r\n\r\n", "0\r\n\n",
          "5;a\nb\r\nhello\r\n0\r\n\r\n", "0x5\r\nhello\r\n0\r\n\r\n"})
    {
        BOOST_TEST_CONTEXT(bad)
        {
            auto client = running.client();
            client.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" +
                        bad + get("/smuggled"));
            BOOST_TEST(client.read_answer().status == 400U);
            client.half_close();
            BOOST_TEST(client.read_to_end().value() == "");
        }
    }
    auto client = running.client();
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5;" +
                std::string(20'000, 'a'));
    BOOST_TEST(client.read_answer().status == 400U);
    BOOST_TEST(running.routes.requests == 0);
}

BOOST_AUTO_TEST_CASE(trailers_are_passed_over_and_the_next_request_is_answered)
{
    const running_server running;
    auto client = running.client();
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                "2\r\nhi\r\n0\r\nX-Sum: " +
                std::string(1'000, '1') + "\r\nHost: evil.example\r\n\r\n" + get("/next"));
    BOOST_TEST(client.read_answer().body == "POST /\nhi");
    BOOST_TEST(client.read_answer().body == "GET /next\n");
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                "0\r\nX-Sum: " +
                std::string(9'000, '1'));
    BOOST_TEST(client.read_answer().status == 400U);
}

BOOST_AUTO_TEST_CASE(one_empty_line_before_a_request_is_passed_over)
{
    const running_server running;
    auto client = running.client();
    BOOST_TEST(client.ask("\r\n" + get("/a")).body == "GET /a\n");
    client.send("\r");
    client.send("\n" + post("/b", "x") + "\r\n" + get("/c"));
    BOOST_TEST(client.read_answer().body == "POST /b\nx");
    BOOST_TEST(client.read_answer().body == "GET /c\n");
}

BOOST_AUTO_TEST_SUITE_END()
