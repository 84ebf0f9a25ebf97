// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <string_view>

using penstock::packet;
using penstock::testing::packets;

BOOST_AUTO_TEST_SUITE(document_detect)

namespace
{

namespace json = penstock::json;

penstock::testing::result detect(std::vector<packet> bodies, const json::object& parameters = {})
{
    return run_entry(document_package::detect_entry, parameters, std::move(bodies));
}

std::string type_of(std::string_view data)
{
    auto result = detect(packets(body(data, {{"mimetype", "application/x-told"}})));
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    BOOST_TEST((result.out()[0].data().view() == data));
    return std::string(result.out()[0].meta("mimetype").as_string());
}

} // namespace

BOOST_AUTO_TEST_CASE(the_content_tells_the_media_type_whatever_was_said)
{
    BOOST_TEST(type_of("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n") == "application/pdf");
    BOOST_TEST(type_of("<!DOCTYPE html>\n<html><head><title>x</title></head></html>") ==
               "text/html");
    BOOST_TEST(type_of(std::string_view("\x1f\x8b\x08\0\0\0\0\0\0\3", 10)) == "application/gzip");
    BOOST_TEST(type_of(std::string_view("\x28\xb5\x2f\xfd\x04\x58\1\0\0", 9)) ==
               "application/zstd");
    BOOST_TEST(type_of(std::string_view("PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22)) ==
               "application/zip");
    BOOST_TEST(type_of(std::string_view("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0",
                                        29)) == "image/png");
    BOOST_TEST(type_of("{\"a\": [1, 2]}\n") == "application/json");
    BOOST_TEST(type_of("From: a@example.org\nTo: b@example.org\nSubject: x\nDate: Thu, 1 Jan 2026 "
                       "00:00:00 +0000\nMIME-Version: 1.0\n\ntext\n")
                   .starts_with("message/rfc822"));
}

BOOST_AUTO_TEST_CASE(text_in_any_language_is_text)
{
    BOOST_TEST(type_of("Gr\xc3\xb6\xc3\x9f"
                       "e z\xc3\xa4hlt.\n") == "text/plain");
    BOOST_TEST(type_of("\xe4\xbd\xa0\xe5\xa5\xbd\n") == "text/plain");
}

BOOST_AUTO_TEST_CASE(a_page_that_begins_as_xml_is_a_page)
{
    const std::string root =
        "<html lang=\"en\" xmlns='http://www.w3.org/1999/xhtml'><head/></html>";
    const std::string xml = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
    BOOST_TEST(type_of(xml + root) == "application/xhtml+xml");
    BOOST_TEST(type_of(xml +
                       "<!-- <a> -->\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\""
                       " \"x\" [<!ENTITY a \"b\">]>\n<?x y?>" +
                       root) == "application/xhtml+xml");
    BOOST_TEST(type_of(xml + "<h:html xmlns:h=\"http://www.w3.org/1999/xhtml\"/>") ==
               "application/xhtml+xml");
    BOOST_TEST(type_of(xml + "<html><head><title>x</title></head></html>") == "text/html");
    for (const std::string other :
         {"<a><html xmlns=\"http://www.w3.org/1999/xhtml\"/></a>", "<html xmlns=\"urn:other\"/>",
          "<htmlx/>", "<!-- <html>", "<", ""})
        BOOST_TEST(type_of(xml + other) == "text/xml");
}

BOOST_AUTO_TEST_CASE(an_mbox_is_one)
{
    BOOST_TEST(type_of("From a@b Mon Jan  1 00:00:00 2024\nSubject: one\n\nbody\n") ==
               "application/mbox");
    BOOST_TEST(type_of("From a@b Mon Jan  1 00:00:00 2024\r\nX-A: one\r\n\r\nbody\r\n") ==
               "application/mbox");
    BOOST_TEST(type_of("From ???@??? Mon Jan 01 00:00:00 MET 1996\nX-A: one\n\nbody\n") ==
               "application/mbox");
    BOOST_TEST(type_of("From a@b Mon Jan  1 00:00 2024\n>From b\nX-A: one\n\nbody\n") ==
               "application/mbox");
}

BOOST_AUTO_TEST_CASE(a_text_that_begins_with_from_is_no_mbox)
{
    BOOST_TEST(type_of("From 1990 on this is a text.\nIt goes on: so.\n") == "text/plain");
    for (const char* when : {"From 3 to 5 pm", "From 15:00 to 17:00", "From 2024, at 15:00"})
        BOOST_TEST(type_of(std::string(when) + "\nPlace: the hall\n\nCome.\n") == "text/plain");
}

BOOST_AUTO_TEST_CASE(what_is_like_nothing_known_is_a_stream_of_bytes)
{
    BOOST_TEST(type_of(std::string_view("\1\2\3\4\5\6\7\0\xff\xfe\xfd", 11)) ==
               "application/octet-stream");
}

BOOST_AUTO_TEST_CASE(a_packet_without_data_goes_on_as_it_is)
{
    packet trigger;
    trigger.set_meta("requestmethod", "DELETE");
    auto result = detect(packets(std::move(trigger)));
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    BOOST_TEST(!result.out()[0].has_meta("mimetype"));
}

BOOST_AUTO_TEST_CASE(the_meta_can_be_named)
{
    auto result = detect(packets(body("text", {{"mimetype", "a/b"}})), {{"to", "detected"}});
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    BOOST_TEST(result.out()[0].meta("mimetype") == "a/b");
    BOOST_TEST(result.out()[0].meta("detected") == "text/plain");
    BOOST_CHECK_THROW((void)detect({}, {{"to", ""}}), penstock::parameter_error);
}

BOOST_AUTO_TEST_CASE(bodies_that_are_all_of_a_kind_take_little_time)
{
    const auto begin = std::chrono::steady_clock::now();
    for (const std::string_view part :
         {"a", "\n", "{", "[", "<", "\"", "\xff", "%PDF-", "PK\3\4", "1,2\n"})
    {
        std::string whole;
        while (whole.size() < (std::size_t{4} << 20))
            whole += part;
        BOOST_TEST(!type_of(whole).empty());
    }
    const auto taken = std::chrono::steady_clock::now() - begin;
    BOOST_TEST((taken < std::chrono::seconds(20)));
}

BOOST_AUTO_TEST_SUITE_END()
