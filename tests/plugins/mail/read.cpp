// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "reading.hpp"

#include <boost/test/unit_test.hpp>

using penstock::packet;
using penstock::testing::packets;

BOOST_AUTO_TEST_SUITE(mail_read)

namespace
{

constexpr auto each = boost::test_tools::per_element();

} // namespace

BOOST_AUTO_TEST_CASE(a_message_becomes_fields)
{
    auto result = read_mail(crlf("Received: from a by b\n"
                                 "Subject: A\n"
                                 " greeting\n"
                                 "From: Ann <ann@example.org>\n"
                                 "To: bob@example.org, \"Doe, John\" <john@example.org>\n"
                                 "CC: Friends: c@example.org, d@example.org;\n"
                                 "Date: Sun, 29 Nov 2026 23:41:46 +0100\n"
                                 "Message-ID: <1@example.org>\n"
                                 "\n"
                                 "Hello.\n"
                                 "\n"
                                 "Ann\n"));
    BOOST_TEST(fields_of(result.out()) ==
                   strings{R"({"subject":"A greeting","from":"Ann <ann@example.org>",)"
                           R"("to":["bob@example.org","Doe, John <john@example.org>"],)"
                           R"("cc":["c@example.org","d@example.org"],)"
                           R"("date":"2026-11-29T23:41:46+01:00","message_id":"1@example.org",)"
                           R"("text":"Hello.\n\nAnn"})"},
               each);
    BOOST_TEST(result.failed.empty());
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    BOOST_TEST(result.out()[0].is_multivalued("to"));
    BOOST_TEST(!result.out()[0].is_multivalued("from"));
    BOOST_TEST(result.out()[0].data().empty());
    BOOST_TEST(result.out()[0].meta("path") == "m.eml");
    BOOST_TEST(result.out()[0].meta("id") == "m");
}

BOOST_AUTO_TEST_CASE(what_a_message_tells_replaces_what_a_packet_had)
{
    packet told = body("From: ann@example.org\n\nx");
    told.set("from", "before");
    told.set("subject", "Before");
    auto result = run_entry(mail_package::read_entry, {}, packets(std::move(told)));
    BOOST_TEST(fields_of(result.out()) ==
                   strings{R"({"from":"ann@example.org","subject":"Before","text":"x"})"},
               each);
}

BOOST_AUTO_TEST_CASE(what_a_message_lacks_is_absent_but_for_the_text)
{
    BOOST_TEST(fields_of(read_mail("X-Nothing: 1\n").out()) == strings{R"({"text":""})"}, each);
    BOOST_TEST(fields_of(read_mail("To:\nSubject: \nDate: soon\n\n").out()) ==
                   strings{R"({"text":""})"},
               each);
}

BOOST_AUTO_TEST_CASE(files_in_a_message_are_packets_of_their_own)
{
    auto result = read_mail("Subject: s\n"
                            "Content-Type: multipart/mixed; boundary=b\n"
                            "\n"
                            "for old readers\n"
                            "--b\n"
                            "\n"
                            "text\n"
                            "--b\n"
                            "Content-Type: application/pdf; name=\"other.pdf\"\n"
                            "Content-Disposition: attachment; filename=\"folder/a.pdf\"\n"
                            "Content-Transfer-Encoding: base64\n"
                            "\n"
                            "JVBE\n"
                            "Rg==\n"
                            "--b\n"
                            "Content-Type: text/csv; charset=iso-8859-1\n"
                            "Content-Transfer-Encoding: quoted-printable\n"
                            "\n"
                            "a=\n"
                            ",=E4\n"
                            "--b--\n"
                            "epilogue\n");
    BOOST_TEST(fields_of(result.out()) == strings{R"({"subject":"s","text":"text"})"}, each);
    BOOST_TEST(files_of(result) == (strings{"a.pdf, application/pdf: %PDF", ", text/csv: a,\xe4"}),
               each);
    const packet& file = result.sent.at("attachments").at(0);
    BOOST_TEST(file.meta("parent") == "m");
    BOOST_TEST(file.meta("id") == "m!/1");
    BOOST_TEST(file.meta("path") == "m.eml!/a.pdf");
    BOOST_TEST(file.meta("size") == 4);
    BOOST_TEST(!file.has_meta("charset"));
    BOOST_TEST(file.fields().empty());
    const packet& table = result.sent.at("attachments").at(1);
    BOOST_TEST(table.meta("charset") == "iso-8859-1");
    BOOST_TEST(table.meta("id") == "m!/2");
    BOOST_TEST(!table.has_meta("filename"));
}

BOOST_AUTO_TEST_CASE(of_alternatives_the_plain_text_is_read)
{
    const std::string head = "Content-Type: multipart/alternative; boundary=b\n\n--b\n"
                             "Content-Type: text/plain\n\n";
    const std::string html = "\n--b\nContent-Type: text/html\n\n<p>rich &amp; bold<p>two\n--b--\n";
    BOOST_TEST(field_of(head + "plain" + html) == "plain");
    BOOST_TEST(field_of(head + " " + html) == "rich & bold\n\ntwo");
    BOOST_TEST(files_of(read_mail(head + "plain" + html)).empty());
}

BOOST_AUTO_TEST_CASE(a_message_of_html_alone_is_read_as_a_page)
{
    BOOST_TEST(field_of("Content-Type: text/html; charset=utf-8\n\n"
                        "<style>p{}</style><p>Gr\xc3\xb6\xc3\x9f"
                        "e<script>x</script>") == "Gr\xc3\xb6\xc3\x9f"
                                                  "e");
    BOOST_TEST(field_of("Content-Type: text/html\n\n<meta charset=iso-8859-1><p>\xe4") ==
               "\xc3\xa4");
}

BOOST_AUTO_TEST_CASE(pictures_of_a_page_and_invitations_are_files)
{
    auto result = read_mail("Content-Type: multipart/alternative; boundary=a\n\n"
                            "--a\n\nplain\n"
                            "--a\nContent-Type: multipart/related; boundary=r\n\n"
                            "--r\nContent-Type: text/html\n\n<p>rich\n"
                            "--r\nContent-Type: image/png; name=p.png\n\nPNG\n--r--\n"
                            "--a\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n--a--\n");
    BOOST_TEST(fields_of(result.out()) == strings{R"({"text":"plain"})"}, each);
    BOOST_TEST(files_of(result) ==
                   (strings{"p.png, image/png: PNG", ", text/calendar: BEGIN:VCALENDAR"}),
               each);
}

BOOST_AUTO_TEST_CASE(several_texts_are_one_with_empty_lines_between)
{
    BOOST_TEST(field_of("Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n"
                        "Content-Type: text/html\n\n<p>two\n--b\n"
                        "Content-Type: text/plain\nContent-Disposition: inline\n\nthree\n--b--") ==
               "one\n\ntwo\n\nthree");
}

BOOST_AUTO_TEST_CASE(a_message_in_a_message_is_a_packet_of_its_own)
{
    auto result = read_mail("Subject: outer\n"
                            "Content-Type: multipart/mixed; boundary=b\n\n"
                            "--b\n\nsee below\n"
                            "--b\nContent-Type: message/rfc822\n\n"
                            "Subject: inner\nContent-Type: multipart/mixed; boundary=c\n\n"
                            "--c\n\ninside\n"
                            "--c\nContent-Type: image/png; name=p.png\n\nPNG\n--c--\n"
                            "--b--\n");
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"subject":"inner","text":"inside"})",
                                                   R"({"subject":"outer","text":"see below"})"}),
               each);
    BOOST_TEST(meta_of(result.out(), "id") == (strings{"\"m!/1\"", "\"m\""}), each);
    BOOST_TEST(meta_of(result.out(), "parent") == (strings{"\"m\"", "null"}), each);
    BOOST_TEST(meta_of(result.sent.at("attachments"), "id") == strings{"\"m!/1!/1\""}, each);
    BOOST_TEST(meta_of(result.sent.at("attachments"), "parent") == strings{"\"m!/1\""}, each);
}

BOOST_AUTO_TEST_CASE(a_message_in_a_message_may_be_encoded)
{
    BOOST_TEST(meta_of(read_mail("Content-Type: message/rfc822\n"
                                 "Content-Transfer-Encoding: base64\n\n"
                                 "U3ViamVjdDogaW5uZXIKClRleHQK\n")
                           .out(),
                       "id") == (strings{"\"m!/1\"", "\"m\""}),
               each);
}

BOOST_AUTO_TEST_CASE(messages_of_a_digest_need_no_type)
{
    BOOST_TEST(read_mail("Content-Type: multipart/digest; boundary=b\n\n"
                         "--b\n\nSubject: one\n\n1\n--b\n\nSubject: two\n\n2\n--b--\n")
                   .out()
                   .size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_trigger_goes_on_as_it_is)
{
    packet trigger;
    trigger.set_meta("requestmethod", "DELETE");
    auto result = run_entry(mail_package::read_entry, {}, packets(std::move(trigger)));
    BOOST_TEST(result.out().size() == 1U);
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(a_packet_without_an_id_is_the_parent_by_its_own)
{
    auto result = run_entry(mail_package::read_entry, {}, packets(body("Content-Type: a/b\n\nx")));
    const packet& file = result.sent.at("attachments").at(0);
    BOOST_TEST(file.meta("parent").as_string() == result.out()[0].id().text());
    BOOST_TEST(!file.has_meta("path"));
}

BOOST_AUTO_TEST_SUITE_END()
