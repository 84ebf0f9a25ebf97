// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace json = penstock::json;
using penstock::packet;
using penstock::testing::packets;
using xml_package::read_entry;

BOOST_AUTO_TEST_SUITE(xml_read)

namespace
{

penstock::testing::result read(std::string_view text, const json::object& parameters = {},
                               const json::object& meta = {})
{
    return run_entry(read_entry, parameters, packets(body(text, meta)));
}

std::string only_field_text(std::string_view text, const json::object& parameters = {})
{
    auto result = read(text, parameters);
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    return fields_of(result.out())[0];
}

std::string reason(std::string_view text, const json::object& parameters = {})
{
    auto result = read(text, parameters);
    BOOST_TEST(result.out().empty());
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].first.data().view() == text);
    return result.failed[0].second;
}

std::string repeated(std::string_view text, std::size_t times)
{
    std::string made;
    for (; times > 0; --times)
        made += text;
    return made;
}

constexpr std::string_view books = R"(<?xml version="1.0"?>
<catalog>
  <book id="1"><title lang="en">One</title><author>A</author><author>B</author></book>
  <!-- a comment --><other/>
  <book id="2"><title>Two &amp; &#8364; <![CDATA[<x>]]></title></book>
</catalog>)";

} // namespace

BOOST_AUTO_TEST_CASE(each_record_is_a_packet_with_its_attributes_and_elements)
{
    for (const std::string_view path :
         {"book", "/catalog/book", "catalog/book", "//book", "*/book"})
    {
        auto result = read(books, {{"record", path}}, {{"id", "x"}, {"route", "r"}});
        BOOST_TEST(
            fields_of(result.out()) ==
                (strings{R"({"@id":"1","title":{"@lang":"en","text":"One"},"author":["A","B"]})",
                         R"({"@id":"2","title":"Two & € <x>"})"}),
            boost::test_tools::per_element());
        BOOST_TEST(result.out()[0].is_multivalued("author"));
        BOOST_TEST(meta_of(result.out(), "record") == (strings{"1", "2"}),
                   boost::test_tools::per_element());
        BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("x.1")", R"("x.2")"}),
                   boost::test_tools::per_element());
        BOOST_TEST(result.out()[1].meta("route") == "r");
        BOOST_TEST(result.out()[0].data().empty());
        BOOST_TEST(result.failed.empty());
    }
}

BOOST_AUTO_TEST_CASE(a_document_without_a_path_is_one_record_and_keeps_its_id)
{
    auto result = read("<a>text</a>", {}, {{"id", "x"}});
    BOOST_TEST(fields_of(result.out()) == strings{R"({"text":"text"})"},
               boost::test_tools::per_element());
    BOOST_TEST(meta_of(result.out(), "id") == strings{R"("x")"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_element_is_a_text_or_an_object_or_a_list)
{
    BOOST_TEST(only_field_text("<r><a/><b> x </b><c d='1'/><e><f>1</f><f><g/></f></e></r>") ==
               R"({"a":"","b":"x","c":{"@d":"1"},"e":{"f":["1",{"g":""}]}})");
    BOOST_TEST(only_field_text("<r>Some <b>bold</b> text</r>") ==
               R"({"b":"bold","text":"Some bold text"})");
    BOOST_TEST(only_field_text("<r><b> x </b></r>", {{"space", "keep"}}) == R"({"b":" x "})");
    BOOST_TEST(only_field_text("<r a='1'><a>2</a>t</r>", {{"attribute", ""}, {"text", "own"}}) ==
               R"({"a":["1","2"],"own":"2t"})");
}

BOOST_AUTO_TEST_CASE(prefixes_stay_and_declarations_of_namespaces_do_not)
{
    constexpr std::string_view text =
        "<r xmlns='urn:a' xmlns:d='urn:d'><d:i d:k='1'><d:t>x</d:t></d:i></r>";
    for (const std::string_view path : {"i", "d:i"})
        BOOST_TEST(only_field_text(text, {{"record", path}}) == R"({"@d:k":"1","d:t":"x"})");
    BOOST_TEST(read(text, {{"record", "e:i"}}).out().empty());
    BOOST_TEST(only_field_text(text) == R"({"d:i":{"@d:k":"1","d:t":"x"}})");
}

BOOST_AUTO_TEST_CASE(a_record_within_a_record_is_part_of_it)
{
    BOOST_TEST(only_field_text("<r><a><a>x</a></a></r>", {{"record", "a"}}) == R"({"a":"x"})");
}

BOOST_AUTO_TEST_CASE(the_record_as_it_stands_may_be_kept)
{
    auto result = read("<r><a x='1'>&lt;</a><a/></r>", {{"record", "a"}, {"xml", "whole"}});
    BOOST_TEST_REQUIRE(result.out().size() == 2U);
    BOOST_TEST(result.out()[0].text("whole") == "<a x='1'>&lt;</a>");
    BOOST_TEST(result.out()[1].text("whole") == "<a/>");
}

BOOST_AUTO_TEST_CASE(a_document_without_records_is_dropped)
{
    auto result = read("<r><b/></r>", {{"record", "a"}});
    BOOST_TEST(result.dropped.size() == 1U);
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(a_broken_document_fails_whole_with_line_and_column)
{
    BOOST_TEST(reason("<r>\n <a>1</a>\n <a></b></r>", {{"record", "a"}}) ==
               "line 3, column 7: mismatched tag; XML was expected");
    BOOST_TEST(reason("<r><a/>", {{"record", "a"}}) ==
               "line 1, column 8: no element found; XML was expected");
    BOOST_TEST(reason("<r/><r/>") ==
               "line 1, column 5: junk after document element; XML was expected");
    BOOST_TEST(reason("<r>\xff</r>").starts_with("line 1, column 4: not well-formed"));
    BOOST_TEST(reason("").starts_with("line 1, column 1: no element found"));
}

BOOST_AUTO_TEST_CASE(no_entity_is_expanded_or_loaded)
{
    BOOST_TEST(reason("<!DOCTYPE r [<!ENTITY a 'x'>]><r>&a;</r>") ==
               "line 1, column 25: declares the entity a; a document without entities of its own "
               "was expected");
    BOOST_TEST(reason("<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><r>&a;</r>")
                   .find("declares the entity a") != std::string::npos);
    BOOST_TEST(reason("<r>&eacute;</r>").find("undefined entity") != std::string::npos);
    BOOST_TEST(only_field_text("<!DOCTYPE r SYSTEM 'http://127.0.0.1:1/r.dtd'><r>&eacute;</r>") ==
               R"({"text":"&eacute;"})");
    BOOST_TEST(only_field_text("<!DOCTYPE r [<!ATTLIST r a CDATA 'given'>]><r b='1'/>") ==
               R"({"@b":"1"})");
}

BOOST_AUTO_TEST_CASE(limits_refuse_the_document_and_tell_where)
{
    const std::string deep = repeated("<a>", 129) + repeated("</a>", 129);
    BOOST_TEST(reason(deep) ==
               "line 1, column 193: elements are nested deeper than 64; fewer were expected");
    const std::string allowed = repeated("<a>", 128) + repeated("</a>", 128);
    BOOST_TEST(read(allowed, {{"depth", 128}}).out().size() == 1U);
    BOOST_TEST(reason("<r><a/><a/></r>", {{"record", "a"}, {"records", 1}}) ==
               "line 1, column 8: more records than a document may have; at most 1 were expected");
    BOOST_TEST(reason("<r><a/>\n<a>" + std::string(1000, 'x') + "</a></r>",
                      {{"record", "a"}, {"memory", 500}}) ==
               "line 2, column 1: a record takes more memory than 500 bytes; a smaller one was "
               "expected");
    BOOST_TEST(read("<r>" + repeated("<a>x</a>", 100) + "</r>", {{"record", "a"}, {"memory", 500}})
                   .out()
                   .size() == 100U);
}

BOOST_AUTO_TEST_CASE(the_encoding_is_of_the_media_type_the_mark_or_the_declaration)
{
    using namespace std::string_literals;
    const std::string expected = R"({"text":"é"})";
    BOOST_TEST(only_field_text("<?xml version='1.0' encoding='iso-8859-1'?><r>\xe9</r>") ==
               expected);
    BOOST_TEST(only_field_text("<?xml version='1.0' encoding = \"UTF-16\"?><r>é</r>") == expected);
    BOOST_TEST(only_field_text("\xef\xbb\xbf<r>é</r>") == expected);
    BOOST_TEST(only_field_text("\xff\xfe<\0r\0>\0\xe9\0<\0/\0r\0>\0"s) == expected);
    BOOST_TEST(fields_of(read("<r>\xe9</r>", {}, {{"charset", "latin1"}}).out()) ==
                   strings{expected},
               boost::test_tools::per_element());
    BOOST_TEST(reason("<?xml version='1.0' encoding='nonsense'?><r/>").find("nonsense") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(long_pieces_are_read_in_a_time_that_grows_with_their_length)
{
    const std::string comment = "<!--" + std::string(8 << 20, 'x') + "-->";
    BOOST_TEST(read("<r>" + comment + "<a>1</a></r>", {{"record", "a"}}).out().size() == 1U);
    const std::string many = "<r>" + repeated("<a>1</a>", 100'000) + "</r>";
    BOOST_TEST(read(many, {{"record", "a"}}).out().size() == 100'000U);
}

BOOST_AUTO_TEST_CASE(triggers_go_on_as_they_are)
{
    auto result = read("", {}, {{"requestmethod", "DELETE"}, {"id", "1"}});
    BOOST_TEST(result.out().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_path_that_is_none_is_refused)
{
    BOOST_TEST(refusal(read_entry, {{"record", "a[1]"}}).find("is no path of elements") !=
               std::string::npos);
    BOOST_TEST(refusal(read_entry, {{"record", "/"}}).find("is no path") != std::string::npos);
    BOOST_TEST(refusal(read_entry, {{"text", ""}}) != "none");
}

BOOST_AUTO_TEST_SUITE_END()
