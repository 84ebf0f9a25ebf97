// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "reading.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>

BOOST_AUTO_TEST_SUITE(mail_hostile)

namespace
{

std::string repeated(std::string_view text, std::size_t count)
{
    std::string made;
    made.reserve(text.size() * count);
    for (std::size_t i = 0; i < count; ++i)
        made += text;
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(what_is_no_message_fails_alone)
{
    BOOST_TEST(reason("") == "is empty; a message was expected");
    BOOST_TEST(reason("\n\n") == "byte 0: has no header; a message was expected");
    BOOST_TEST(reason("no field") == "byte 0: has no header; a message was expected");
    BOOST_TEST(reason(std::string("\0\xff\xfe:", 4)) ==
               "byte 0: has no header; a message was expected");
}

BOOST_AUTO_TEST_CASE(a_multipart_that_has_no_part_fails)
{
    BOOST_TEST(reason("Content-Type: multipart/mixed\n\nx") ==
               "byte 31: multipart/mixed: has no boundary; one was expected");
    BOOST_TEST(reason("Content-Type: multipart/mixed; boundary=b\n\nx") ==
               "byte 43: multipart/mixed: has no part; one that begins with its boundary was "
               "expected");
}

BOOST_AUTO_TEST_CASE(what_costs_more_than_it_may_fails_with_its_place)
{
    BOOST_TEST(reason("Subject: good\n\n12345", {{"message_bytes", "19B"}}) ==
               "has 20 bytes; at most 19 were expected");
    BOOST_TEST(reason("Subject: goods\nTo: a\n\n", {{"header_bytes", "20B"}}) ==
               "byte 0: header: has more than 20 bytes; a smaller header was expected");
    BOOST_TEST(reason("Subject: s\n\n12345", {{"text_bytes", "4B"}}) ==
               "byte 12: text: has more than 4 bytes; a smaller text was expected");
    BOOST_TEST(reason("Content-Type: multipart/mixed; boundary=b\n\n--b\n\n1\n--b\n\n2\n--b--",
                      {{"parts", 2}}) ==
               "byte 54: parts: are more than 2; a smaller message was expected");
    BOOST_TEST(reason("Content-Type: text/" + std::string(20'000, 'x') + "\n\n") ==
               "byte 0: content-type: has 20006 bytes; at most 16384 were expected");
}

BOOST_AUTO_TEST_CASE(multiparts_in_multiparts_are_bounded)
{
    const auto begin = std::chrono::steady_clock::now();
    const std::string level = "Content-Type: multipart/mixed; boundary=b\n\n--b\n";
    BOOST_TEST(reason(repeated(level, 100'000)) ==
               "byte 89: multipart/mixed: has no part; one that begins with its boundary was "
               "expected");
    BOOST_TEST(reason(repeated("Content-Type: message/rfc822\n\n", 100'000))
                   .ends_with("parts: are deeper than 16; a message of simpler structure was "
                              "expected"));
    std::string nested;
    for (int i = 0; i < 100'000; ++i)
        nested += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "\n\n--b" +
                  std::to_string(i) + "\n";
    BOOST_TEST(reason(nested).ends_with("a message of simpler structure was expected"));
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(20)));
}

BOOST_AUTO_TEST_CASE(lines_and_contents_without_end_are_bounded)
{
    const auto begin = std::chrono::steady_clock::now();
    const std::size_t much = std::size_t{32} << 20;
    BOOST_TEST(reason("Subject: " + std::string(much, 'x')) ==
               "byte 0: header: has more than 262144 bytes; a smaller header was expected");
    BOOST_TEST(reason(repeated("X: y\n", much / 5)) ==
               "byte 0: header: has more than 262144 bytes; a smaller header was expected");
    const std::string head = "Content-Type: multipart/mixed; boundary=b\n\n--b\n";
    BOOST_TEST(reason(head + "Content-Transfer-Encoding: base64\n\n" + std::string(much, 'A')) ==
               "byte 82: text: has more than 16777216 bytes; a smaller text was expected");
    BOOST_TEST(reason(head + repeated("\n--b\n", 100'000)) ==
               "byte 5042: parts: are more than 1000; a smaller message was expected");
    // Lines that could be delimiters, and files that are large.
    const std::string file = "Content-Type: a/b\n\n";
    for (const char* line : {"\n", "--\n", "--c\n", "-", "x"})
    {
        auto result = read_mail(head + file + repeated(line, much / std::string(line).size()));
        BOOST_TEST(result.failed.empty());
        BOOST_TEST(result.sent.at("attachments").size() == 1U);
    }
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(20)));
}

BOOST_AUTO_TEST_CASE(html_that_is_nested_too_deep_fails)
{
    BOOST_TEST(reason("Content-Type: text/html\n\n" + repeated("<div>", 100'000)) ==
               "html: nesting: is deeper than 512; a page of simpler structure was expected");
}

BOOST_AUTO_TEST_SUITE_END()
