// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// A header that is that of the request before, but for its length, is not read again.
#include "ambiguous_heads.hpp"
#include "whole_head.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(repeated_heads)

namespace http = penstock::host::http;
using http::testing::read_whole;

namespace
{

const http::limits bounds;

std::string post(const std::string& length, const std::string& target = "/data/a?ack=memory")
{
    return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length +
           "\r\nContent-Type: text/plain\r\n\r\n";
}

// Everything that a request says, and how its body is delimited.
std::string told(http::reader& of)
{
    const http::request& read = of.current();
    std::string text = read.method + ' ' + read.target + (read.head_only ? " head" : "");
    for (const std::string& each : read.path)
        text += '/' + each;
    for (const http::query_parameter& each : read.query)
        text += '?' + each.name + '=' + each.value;
    for (const http::header_field each : read.headers)
        text.append("\n").append(each.name).append(": ").append(each.value);
    const auto number = [](auto value) { return value ? std::to_string(*value) : "none"; };
    return text + '\n' + std::to_string(read.version) + ' ' + number(read.content_length) + ' ' +
           number(of.framed().content_length) + (read.has_body ? " body" : "") +
           (of.framed().has_body() ? " body" : "") + (of.framed().keep_alive ? " stays" : "") +
           (of.framed().expects_continue ? " expects" : "") +
           (of.framed().chunked ? " chunked" : "");
}

std::string told_by_a_new_reader(const std::string& head)
{
    http::reader fresh{bounds};
    BOOST_REQUIRE(read_whole(fresh, head).has_value());
    return told(fresh);
}

// Whether the second header is taken for that of the first; it must be read the same way in any case.
bool is_repeated(const std::string& first, const std::string& second)
{
    http::reader reads{bounds};
    BOOST_REQUIRE(read_whole(reads, first).has_value());
    BOOST_TEST(!reads.current().is_repeated);
    BOOST_REQUIRE(read_whole(reads, second).has_value());
    BOOST_TEST(told(reads) == told_by_a_new_reader(second));
    return reads.current().is_repeated;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_same_header_is_repeated)
{
    const std::string get = "GET /a?b=c HTTP/1.1\r\nHost: localhost\r\n\r\n";
    BOOST_TEST(is_repeated(get, get));
    BOOST_TEST(is_repeated(post("12"), post("12")));
    BOOST_TEST(is_repeated("HEAD / HTTP/1.0\r\n\r\n", "HEAD / HTTP/1.0\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(the_digits_of_the_length_may_differ)
{
    BOOST_TEST(is_repeated(post("12"), post("93")));
    BOOST_TEST(is_repeated(post("12"), post("00")));
    BOOST_TEST(is_repeated(post("0"), post("7")));
    BOOST_TEST(is_repeated(post("0000000000000000012"), post("9999999999999999999")));
    BOOST_TEST(is_repeated(post("12"), post("123")));
    BOOST_TEST(is_repeated(post("9999999999999999999"), post("1")));
}

BOOST_AUTO_TEST_CASE(the_fields_around_the_length_stay_what_they_are)
{
    const auto head = [](const std::string& length)
    {
        return "POST / HTTP/1.1\r\nHost: localhost\r\nEmpty:\r\nX: 7\r\nContent-Length: \t" +
               length + " \r\nY: 7\r\nEmpty: \r\nZ: 70\r\n\r\n";
    };
    for (const char* first : {"7", "70", "700"})
        for (const char* second : {"7", "70", "7000", "0"})
            BOOST_TEST(is_repeated(head(first), head(second)));
    http::reader reads{bounds};
    for (const char* length : {"1", "22", "333", "22", "1", "4444444444444444444", "0"})
    {
        BOOST_REQUIRE(read_whole(reads, head(length)).has_value());
        BOOST_TEST(told(reads) == told_by_a_new_reader(head(length)));
    }
}

BOOST_AUTO_TEST_CASE(a_header_that_is_over_its_limit_with_more_digits_is_refused)
{
    http::limits narrow;
    narrow.header = post("12").size();
    http::reader reads{narrow};
    BOOST_REQUIRE(read_whole(reads, post("12")).has_value());
    BOOST_TEST(read_whole(reads, post("123")).has_error());
}

BOOST_AUTO_TEST_CASE(what_differs_otherwise_is_read)
{
    BOOST_TEST(!is_repeated(post("12"), post("12", "/data/b?ack=memory")));
    BOOST_TEST(!is_repeated(post("12"), post("12", "/data/a?ack=durable")));
    const std::string one = "GET / HTTP/1.1\r\nHost: localhost\r\nX: 1\r\n\r\n";
    BOOST_TEST(!is_repeated(one, "GET / HTTP/1.1\r\nHost: localhost\r\nX: 2\r\n\r\n"));
    BOOST_TEST(!is_repeated(one, "GET / HTTP/1.0\r\nHost: localhost\r\nX: 1\r\n\r\n"));
    BOOST_TEST(!is_repeated(one, "GET / HTTP/1.1\r\nHost: localhost\r\nX: 1\r\nY: 1\r\n\r\n"));
    BOOST_TEST(!is_repeated(one, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
}

BOOST_AUTO_TEST_CASE(what_says_that_its_body_is_chunked_is_always_read)
{
    const std::string chunked =
        "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
    BOOST_TEST(!is_repeated(chunked, chunked));
    BOOST_TEST(!is_repeated(post("12"), chunked));
    BOOST_TEST(!is_repeated(chunked, post("12")));
}

BOOST_AUTO_TEST_CASE(a_long_header_is_always_read)
{
    const std::string long_one =
        "GET / HTTP/1.1\r\nHost: localhost\r\nCookie: " + std::string(2 * http::limits::kib, 'c') +
        "\r\n\r\n";
    BOOST_TEST(!is_repeated(long_one, long_one));
}

BOOST_AUTO_TEST_CASE(a_header_that_got_its_host_from_its_target_is_read_again)
{
    const std::string absolute = "GET http://localhost/ HTTP/1.0\r\nX: y\r\n\r\n";
    BOOST_TEST(!is_repeated(absolute, absolute));
}

BOOST_AUTO_TEST_CASE(what_is_refused_is_refused_behind_a_header_like_it)
{
    for (const http::testing::bad_head& each : http::testing::ambiguous_heads())
        for (const char* length : {"4", "10", "123"})
        {
            http::reader reads{bounds};
            BOOST_REQUIRE(
                read_whole(reads, "POST /data HTTP/1.1\r\nHost: localhost\r\nContent-Length: " +
                                      std::string(length) + "\r\n\r\n")
                    .has_value());
            BOOST_TEST(reads.take_head(each.head, 0).has_error(), each.what);
        }
    for (const char* length : {"1x", "+1", "1 1", "", "-1", "12345678901234567890"})
    {
        http::reader reads{bounds};
        BOOST_REQUIRE(read_whole(reads, post("12")).has_value());
        BOOST_TEST(read_whole(reads, post(length)).has_error(), length);
    }
}

BOOST_AUTO_TEST_CASE(a_header_that_comes_in_pieces_is_waited_for)
{
    for (std::size_t size = 0; size < post("12").size(); ++size)
    {
        http::reader reads{bounds};
        BOOST_REQUIRE(read_whole(reads, post("12")).has_value());
        const std::string second = post("34");
        BOOST_REQUIRE(reads.take_head(second.substr(0, size), 0).has_value());
        const auto end = reads.take_head(second + "the body", size);
        BOOST_REQUIRE(end.has_value());
        BOOST_TEST(end->value() == second.size());
        BOOST_TEST(told(reads) == told_by_a_new_reader(second));
    }
}

BOOST_AUTO_TEST_CASE(of_the_request_before_only_the_header_and_what_follows_from_it_are_left)
{
    struct of_both final : http::finding
    {
        void let_go() noexcept override { ++times; }
        int times = 0;
    };
    http::reader reads{bounds};
    BOOST_REQUIRE(read_whole(reads, post("2")).has_value());
    BOOST_REQUIRE(reads.read_body("{}").has_value());
    const auto found = std::make_shared<of_both>();
    reads.current().found = found;
    BOOST_REQUIRE(read_whole(reads, post("3")).has_value());
    BOOST_TEST(reads.current().body.empty());
    BOOST_TEST((reads.current().found == found));
    BOOST_TEST(found->times > 0);
    BOOST_TEST(!reads.complete());
    BOOST_REQUIRE(reads.read_body("123").has_value());
    BOOST_TEST(reads.complete());
    BOOST_TEST(reads.current().body == "123");
    BOOST_REQUIRE(read_whole(reads, post("10", "/data/b")).has_value());
    BOOST_TEST(!reads.current().found);
}

BOOST_AUTO_TEST_CASE(a_header_whose_request_was_kept_is_read_again)
{
    http::reader reads{bounds};
    BOOST_REQUIRE(read_whole(reads, post("12")).has_value());
    const http::request kept = std::exchange(reads.current(), {});
    BOOST_REQUIRE(read_whole(reads, post("34")).has_value());
    BOOST_TEST(!reads.current().is_repeated);
    BOOST_TEST(told(reads) == told_by_a_new_reader(post("34")));
    BOOST_TEST(kept.headers.value("Content-Length") == "12");
}

BOOST_AUTO_TEST_SUITE_END()
