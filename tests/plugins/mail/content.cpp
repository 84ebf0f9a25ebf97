// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "reading.hpp"

#include "content.hpp"
#include "encoding.hpp"
#include "parts.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(mail_content)

namespace
{

constexpr auto each = boost::test_tools::per_element();

std::string decoded(std::string_view content, std::string_view encoding)
{
    return mail_package::decoded_content(content, encoding);
}

strings parts(std::string_view content, std::string_view boundary = "b")
{
    strings list;
    for (const std::string_view part : mail_package::parts_of(content, boundary, 100))
        list.emplace_back(part);
    return list;
}

} // namespace

// Which decides before a name does, where it is one.
BOOST_AUTO_TEST_CASE(bytes_that_begin_as_a_byte_order_mark_and_are_none_are_windows_1252)
{
    for (const char* charset : {"utf-8", "windows-1252", "unknown"})
        BOOST_TEST(mail_package::decoded_text("\xff\xfe"
                                              "a",
                                              charset) == "ÿþa");
    BOOST_TEST(field_of("Subject: s\n\n\xff\xfe"
                        "a") == "ÿþa");
}

BOOST_AUTO_TEST_CASE(transfer_encodings_are_decoded)
{
    BOOST_TEST(decoded("aGVs\r\nbG8=\r\n", "BASE64") == "hello");
    BOOST_TEST(decoded("a=3D=\r\nb=E4 \n", " Quoted-Printable ") == "a=b\xe4 \n");
    BOOST_TEST(decoded("begin 644 x\n%:&5L;&\\ \n`\nend\n", "x-uuencode") == "hello");
    for (const char* none : {"", "7bit", "8bit", "binary", "x-unknown"})
        BOOST_TEST(decoded("a=3D\n", none) == "a=3D\n");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_in_an_encoding_is_left_out)
{
    BOOST_TEST(decoded("aG!!Vs*bG8", "base64").starts_with("hel"));
    BOOST_TEST(decoded("a=ZZ", "quoted-printable") == "a=ZZ");
    BOOST_TEST(decoded("no begin", "x-uuencode") == "");
}

BOOST_AUTO_TEST_CASE(a_text_is_decoded_from_the_encoding_that_it_names)
{
    using mail_package::decoded_text;
    BOOST_TEST(decoded_text("\xe4", "iso-8859-1") == "ä");
    BOOST_TEST(decoded_text("\x1b$BF|K\\\x1b(B", "ISO-2022-JP") == "日本");
    BOOST_TEST(decoded_text("\xe4", "us-ascii") == "ä");
    BOOST_TEST(decoded_text("\xc3\xa4", "x-nothing") == "ä");
    BOOST_TEST(decoded_text("\xe4\x81", "utf-8") == "ä\xc2\x81");
}

BOOST_AUTO_TEST_CASE(parts_stand_between_delimiters)
{
    BOOST_TEST(parts("before\n--b\none\n--b \t\ntwo\r\n--b--\nbehind") == (strings{"one", "two"}),
               each);
    BOOST_TEST(parts("--b\n--b\n\n--b--") == (strings{"", ""}), each);
    BOOST_TEST(parts("--b\none\n--bb\n--b-\n --b\n--b--") == strings{"one\n--bb\n--b-\n --b"},
               each);
    BOOST_TEST(parts("--b\none") == strings{"one"}, each);
    BOOST_TEST(parts("--b") == strings{""}, each);
    BOOST_TEST(parts("none").empty());
    BOOST_TEST(parts("--b--").empty());
    BOOST_TEST(parts("").empty());
}

BOOST_AUTO_TEST_CASE(of_too_many_parts_one_more_than_may_be_is_returned)
{
    BOOST_TEST(mail_package::parts_of("--b\n--b\n--b\n--b\n--b\n", "b", 2).size() == 3U);
}

BOOST_AUTO_TEST_SUITE_END()
