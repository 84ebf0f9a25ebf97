// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/answer/answer.hpp"

#include "host/net/content/content_coding.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(answer)

namespace http = penstock::host::http;

namespace
{

bool has_line(const std::string& head, const std::string& line)
{
    return head.find("\r\n" + line + "\r\n") != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_header_block_is_complete)
{
    auto answer = http::response::json(202, "{}");
    answer.headers.add("Location", "/receipts/1");
    const auto head = http::prepare_answer(answer, {});
    BOOST_TEST(head.starts_with("HTTP/1.1 202 Accepted\r\n"));
    BOOST_TEST(head.ends_with("\r\n\r\n"));
    BOOST_TEST(has_line(head, "Content-Type: application/json"));
    BOOST_TEST(has_line(head, "Location: /receipts/1"));
    BOOST_TEST(has_line(head, "Content-Length: 2"));
    BOOST_TEST(head.find("\r\nDate: ") != std::string::npos);
    BOOST_TEST(head.find("Connection") == std::string::npos);
    BOOST_TEST(answer.body == "{}");
}

BOOST_AUTO_TEST_CASE(the_connection_is_announced)
{
    auto answer = http::response::json(200, "{}");
    BOOST_TEST(has_line(http::prepare_answer(answer, {.keep_alive = false}), "Connection: close"));
    BOOST_TEST(has_line(http::prepare_answer(answer, {.version = 10, .keep_alive = true}),
                        "Connection: keep-alive"));
}

BOOST_AUTO_TEST_CASE(head_keeps_the_length_and_loses_the_body)
{
    auto answer = http::response::json(200, "[1,2]");
    const auto head = http::prepare_answer(answer, {.head_only = true});
    BOOST_TEST(has_line(head, "Content-Length: 5"));
    BOOST_TEST(answer.body.empty());
}

BOOST_AUTO_TEST_CASE(no_content_has_no_length)
{
    http::response answer{.status = 204, .headers = {}, .body = "x"};
    const auto head = http::prepare_answer(answer, {});
    BOOST_TEST(head.find("Content-Length") == std::string::npos);
    BOOST_TEST(answer.body.empty());
}

BOOST_AUTO_TEST_CASE(long_text_is_compressed_when_allowed)
{
    const std::string text(5000, 'a');
    auto packed = http::response::json(200, text);
    const auto head = http::prepare_answer(packed, {.gzip = true, .compress_from = 1024});
    BOOST_TEST(has_line(head, "Content-Encoding: gzip"));
    BOOST_TEST(has_line(head, "Vary: Accept-Encoding"));
    BOOST_TEST(has_line(head, "Content-Length: " + std::to_string(packed.body.size())));
    BOOST_TEST(*http::decode_content("gzip", packed.body, {}) == text);

    auto plain = http::response::json(200, text);
    BOOST_TEST(!has_line(http::prepare_answer(plain, {.gzip = false, .compress_from = 1024}),
                         "Content-Encoding: gzip"));
    BOOST_TEST(plain.body == text);

    auto small = http::response::json(200, std::string(1024, 'a'));
    BOOST_TEST(!has_line(http::prepare_answer(small, {.gzip = true, .compress_from = 1024}),
                         "Content-Encoding: gzip"));

    http::response image{.status = 200, .headers = {}, .body = text};
    image.headers.add("Content-Type", "image/png");
    BOOST_TEST(!has_line(http::prepare_answer(image, {.gzip = true, .compress_from = 1024}),
                         "Content-Encoding: gzip"));
}

BOOST_AUTO_TEST_CASE(a_header_that_would_split_the_message_is_not_sent)
{
    auto answer = http::response::json(200, "{}");
    answer.headers.add("X-Note", "a\r\nSet-Cookie: b");
    const auto head = http::prepare_answer(answer, {});
    BOOST_TEST(head.starts_with("HTTP/1.1 500 "));
    BOOST_TEST(head.find("Set-Cookie") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(framing_headers_of_a_route_are_ignored)
{
    auto answer = http::response::json(200, "{}");
    answer.headers.add("content-length", "99");
    answer.headers.add("Transfer-Encoding", "chunked");
    const auto head = http::prepare_answer(answer, {});
    BOOST_TEST(head.find("99") == std::string::npos);
    BOOST_TEST(head.find("chunked") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
