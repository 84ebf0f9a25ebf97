// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/reader.hpp"

#include "ambiguous_heads.hpp"
#include "beast_reading.hpp"
#include "whole_head.hpp"

#include <boost/test/unit_test.hpp>

#include <vector>

BOOST_AUTO_TEST_SUITE(reader)

namespace http = penstock::host::http;
using http::testing::read_whole;

// As clients of a proxy send it; RFC 9112, 3.2.2.
BOOST_AUTO_TEST_CASE(an_absolute_target_is_read_as_its_path_and_its_host)
{
    const http::limits bounds;
    for (const std::string head :
         {"GET http://LOCALHOST:80/a?b=c HTTP/1.1\r\nHost: localhost:80\r\n\r\n",
          "GET HTTPS://localhost:80/a?b=c HTTP/1.0\r\n\r\n"})
    {
        http::reader reads{bounds};
        BOOST_REQUIRE(read_whole(reads, head).has_value());
        BOOST_TEST(reads.current().target == "/a?b=c");
        BOOST_TEST(reads.current().path.at(0) == "a");
        BOOST_TEST(reads.current().headers.value("Host") == "localhost:80");
    }
    http::reader reads{bounds};
    BOOST_REQUIRE(
        read_whole(reads, "GET http://localhost HTTP/1.1\r\nHost: localhost\r\n\r\n").has_value());
    BOOST_TEST(reads.current().target == "/");
}

BOOST_AUTO_TEST_CASE(a_head_becomes_a_request)
{
    const http::limits bounds;
    http::reader reads{bounds};
    const auto read = read_whole(reads, "PUT /data/r%20x/a%2Fb?ack=memory&wait=1+s HTTP/1.1\r\n"
                                        "Host: localhost:8080\r\nX-Meta-Name: v\r\n"
                                        "Content-Length: 5\r\n\r\n");
    BOOST_REQUIRE(read.has_value());
    const auto& head = reads.current();
    BOOST_TEST(head.method == "PUT");
    BOOST_TEST(head.target == "/data/r%20x/a%2Fb?ack=memory&wait=1+s");
    BOOST_TEST(head.path == (std::vector<std::string>{"data", "r x", "a/b"}),
               boost::test_tools::per_element());
    BOOST_TEST(head.parameter("ack").value() == "memory");
    BOOST_TEST(head.parameter("wait").value() == "1 s");
    BOOST_TEST(!head.parameter("none").has_value());
    BOOST_TEST(head.headers.value("x-meta-name") == "v");
    BOOST_TEST(head.content_length.value() == 5U);
    BOOST_TEST(head.has_body);
    BOOST_TEST(!reads.complete());
}

// Beast's parser is another reading of the same bytes. Nothing may be understood here that is not
// understood there in the same way.
BOOST_AUTO_TEST_CASE(a_head_is_read_as_beast_reads_it)
{
    const std::string host = "Host: localhost:8080\r\n";
    std::vector<std::string> heads{
        "GET / HTTP/1.1\r\n" + host + "\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n",
        "HEAD /a?b=%41&&c HTTP/1.1\r\n" + host + "\r\n",
        "OPTIONS * HTTP/1.1\r\n" + host + "\r\n",
        "get http://LOCALHOST/a HTTP/1.1\r\nhost: localhost\r\n\r\n",
        "GET http://localhost HTTP/1.0\r\n\r\n",
        "POST /d HTTP/1.1\r\n" + host + "Content-Length: 0012\r\nX-Empty:\r\nX-B: \t \r\n\r\n",
        "POST /d HTTP/1.1\r\n" + host + "Content-Length:0\r\nX: a\tb  c \t\r\nx: d:e\r\n\r\n",
        "POST /d HTTP/1.1\r\n" + host + "Transfer-Encoding: \tchunked \r\nTE: a\r\n\r\n",
        "PUT /d HTTP/1.1\r\n" + host + "Connection: , close ,,keep-alive\r\n\r\n",
        "PUT /d HTTP/1.1\r\n" + host + "Connection:\r\nUpgrade: a/b, c\r\n\r\n",
        "PUT /d HTTP/1.1\r\n" + host + "Connection: a\r\nConnection: close\r\n\r\n",
        "PUT /d HTTP/1.1\r\n" + host + "Proxy-Connection: keep-alive\r\nX: \xc3\xb6\xff\r\n\r\n",
        "M-SEARCH!#$%&'*+.^_`|~ /d HTTP/1.1\r\n" + host + "!#$%&'*+-.^_`|~09: ()<>@\r\n\r\n",
    };
    for (const auto& head : heads)
    {
        BOOST_TEST_CONTEXT(head)
        {
            const http::limits bounds;
            http::reader reads{bounds};
            BOOST_REQUIRE(read_whole(reads, head).has_value());
            BOOST_TEST(http::testing::told_head(reads).text() ==
                       http::testing::told_head::by_beast(head).value_or("refused"));
        }
    }
}

BOOST_AUTO_TEST_CASE(what_beast_refuses_is_refused)
{
    const http::limits bounds;
    const auto with = [](std::string_view field)
    { return "GET / HTTP/1.1\r\nHost: localhost\r\n" + std::string(field) + "\r\n\r\n"; };
    for (const auto& head : {with("Connection: a b"), with("Connection: close; x"),
                             with("Connection: \"a\""), with("Proxy-Connection: a b")})
    {
        BOOST_TEST_CONTEXT(head)
        {
            http::reader reads{bounds};
            BOOST_TEST(!http::testing::told_head::by_beast(head).has_value());
            BOOST_TEST(read_whole(reads, head).has_error());
        }
    }
}

BOOST_AUTO_TEST_CASE(nothing_of_a_request_is_left_in_the_next)
{
    const http::limits bounds;
    http::reader reads{bounds};
    BOOST_REQUIRE(read_whole(reads, "HEAD /a/b?c=d HTTP/1.0\r\nHost: localhost\r\nX: y\r\n"
                                    "Content-Length: 2\r\n\r\n")
                      .has_value());
    BOOST_REQUIRE(reads.read_body("{}").has_value());
    reads.current().peer = "10.0.0.1";
    reads.current().is_foreign = true;
    reads.current().found = std::make_shared<http::finding>();
    BOOST_REQUIRE(read_whole(reads, "GET /e HTTP/1.1\r\nHost: localhost\r\n\r\n").has_value());
    const auto& next = reads.current();
    BOOST_TEST(!next.head_only);
    BOOST_TEST(next.path == std::vector<std::string>{"e"}, boost::test_tools::per_element());
    BOOST_TEST(next.query.empty());
    BOOST_TEST(next.headers.size() == 1U);
    BOOST_TEST(!next.headers.find("X").has_value());
    BOOST_TEST(next.body == "");
    BOOST_TEST(!next.content_length.has_value());
    BOOST_TEST(!next.has_body);
    BOOST_TEST(next.peer == "");
    BOOST_TEST(!next.is_foreign);
    BOOST_TEST(!next.found);
    BOOST_TEST(reads.complete());
}

BOOST_AUTO_TEST_CASE(the_memory_of_a_short_body_serves_the_next_one_of_its_thread)
{
    const http::limits bounds;
    const auto begin = [](http::reader& reads, std::size_t length)
    {
        return read_whole(reads, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: " +
                                     std::to_string(length) + "\r\n\r\n")
            .has_value();
    };
    http::reader first{bounds};
    http::reader second{bounds};
    BOOST_REQUIRE(begin(first, 3000));
    BOOST_REQUIRE(first.read_body(std::string(3000, 'a')).has_value());
    const char* const memory = first.current().body.data();
    first.let_go();
    BOOST_TEST(first.current().body.capacity() < 100U); // of thousands of connections

    BOOST_REQUIRE(begin(second, 100));
    BOOST_REQUIRE(second.read_body(std::string(100, 'c')).has_value());
    BOOST_TEST(second.current().body == std::string(100, 'c'));
    BOOST_TEST(static_cast<const void*>(second.current().body.data()) == memory);

    BOOST_REQUIRE(begin(first, 5000)); // while the second has that memory
    BOOST_REQUIRE(first.read_body(std::string(5000, 'b')).has_value());
    BOOST_TEST(first.current().body == std::string(5000, 'b'));
    first.let_go();
    BOOST_REQUIRE(begin(first, 1));
    BOOST_REQUIRE(first.read_body("1").has_value());
    BOOST_TEST(first.current().body.capacity() < 5000U); // a long one's does not stay
}

BOOST_AUTO_TEST_CASE(head_arrives_as_get)
{
    const http::limits bounds;
    http::reader reads{bounds};
    BOOST_REQUIRE(read_whole(reads, "HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n").has_value());
    BOOST_TEST(reads.current().method == "GET");
    BOOST_TEST(reads.current().head_only);
    BOOST_TEST(reads.current().path.empty());
    BOOST_TEST(reads.complete());
}

BOOST_AUTO_TEST_CASE(a_body_of_known_length_ends_where_it_should)
{
    const http::limits bounds;
    http::reader reads{bounds};
    BOOST_REQUIRE(
        read_whole(reads, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n")
            .has_value());
    BOOST_TEST(reads.missing() == 5U);
    BOOST_TEST(reads.read_body("he").value() == 2U);
    BOOST_TEST(reads.missing() == 3U);
    BOOST_TEST(!reads.complete());
    BOOST_TEST(reads.read_body("lloGET /").value() == 3U);
    BOOST_TEST(reads.complete());
    BOOST_TEST(reads.missing() == 0U);
    BOOST_TEST(reads.current().body == "hello");
}

// Found by a fuzzer: the byte after "0", CR, LF ended the process.
BOOST_AUTO_TEST_CASE(a_body_with_a_length_may_look_like_the_end_of_chunks)
{
    const http::limits bounds;
    http::reader reads{bounds};
    BOOST_REQUIRE(
        read_whole(reads, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n")
            .has_value());
    BOOST_TEST(reads.read_body("0\r\n").value() == 3U);
    BOOST_TEST(reads.complete());
}

BOOST_AUTO_TEST_SUITE_END()
