// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "reading.hpp"

#include "mbox.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(mail_mbox)

namespace
{

constexpr auto each = boost::test_tools::per_element();

constexpr std::string_view mbox_type = "application/mbox";

strings texts(std::string_view mbox)
{
    strings list;
    const auto result = read_mail(mbox, {}, mbox_type);
    for (const penstock::packet& sent : result.sent.at("out"))
        list.push_back(sent.text("text"));
    return list;
}

} // namespace

BOOST_AUTO_TEST_CASE(each_message_of_an_mbox_is_a_packet)
{
    const std::string mbox = "From a@b Sun Nov 29 23:41:46 2026\nSubject: one\n\n1\n\n"
                             "From a@b Sun Nov 29 23:41:47 2026\nSubject: two\n\n2\n";
    auto result = read_mail(mbox, {}, mbox_type);
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"subject":"one","text":"1"})", R"({"subject":"two","text":"2"})"}),
               each);
    BOOST_TEST(meta_of(result.out(), "id") == (strings{"\"m.1\"", "\"m.2\""}), each);
    BOOST_TEST(texts(crlf(mbox)) == (strings{"1", "2"}), each);
    BOOST_TEST(read_mail(mbox, {}, "text/plain").out().size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_line_in_a_text_begins_no_message)
{
    BOOST_TEST(texts("From a\nSubject: s\n\nFrom here on:\nit is\n\nFrom us to you\n") ==
                   strings{"From here on:\nit is\n\nFrom us to you"},
               each);
    BOOST_TEST(texts("From a\nSubject: s\n\ntext\nFrom b\nSubject: t\n\nu\n") ==
                   strings{"text\nFrom b\nSubject: t\n\nu"},
               each);
}

BOOST_AUTO_TEST_CASE(quoted_lines_are_as_they_were)
{
    BOOST_TEST(texts("From a\nSubject: s\n\n>From here\n>>From there\n> From x\n>Frog\n") ==
                   strings{"From here\n>From there\n> From x\n>Frog"},
               each);
    BOOST_TEST(field_of("Subject: s\n\n>From here\n") == ">From here");
}

BOOST_AUTO_TEST_CASE(a_message_of_an_mbox_fails_alone_with_its_own_bytes)
{
    const std::string bad = "From b\nContent-Type: multipart/mixed\n\nx\n\n";
    auto result = read_mail("From a\nSubject: one\n\n1\n\n" + bad + "From c\nSubject: three\n\n3\n",
                            {}, mbox_type);
    BOOST_TEST(meta_of(result.out(), "id") == (strings{"\"m.1\"", "\"m.3\""}), each);
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second ==
               "byte 38: multipart/mixed: has no boundary; one was expected");
    BOOST_TEST(result.failed[0].first.data().view() == bad);
    BOOST_TEST(result.failed[0].first.meta("id") == "m.2");
}

BOOST_AUTO_TEST_CASE(what_is_no_mbox_fails)
{
    auto result = read_mail("Subject: s\n\nx", {}, mbox_type);
    BOOST_TEST(result.out().empty());
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second ==
               "has no line \"From \" before a header; an mbox was expected");
}

BOOST_AUTO_TEST_SUITE_END()
