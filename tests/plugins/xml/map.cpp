// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace json = penstock::json;
using penstock::packet;
using penstock::testing::packets;
using xml_package::map_entry;

BOOST_AUTO_TEST_SUITE(xml_map)

namespace
{

constexpr std::string_view books = R"(<catalog>
  <book guid="b1"><title>  One
    thing </title><author>A</author><author>B</author><price>10.5</price></book>
  <book guid="b2"><title>Two</title><d:note xmlns:d="urn:d">x</d:note></book>
</catalog>)";

packet with_xml(std::string_view text)
{
    return packet({{"xml", text}, {"kept", 1}});
}

strings map(std::string_view text, json::object fields, std::string_view record = {})
{
    auto result = run_entry(map_entry, {{"fields", std::move(fields)}, {"record", record}},
                            packets(with_xml(text)));
    strings list = fields_of(result.out());
    for (const auto& [packet, reason] : result.failed)
        list.push_back(reason);
    return list;
}

std::string joined(std::string_view text)
{
    const json::object path{{"path", "//html/body"}, {"mode", "join"}};
    auto result = run_entry(map_entry, {{"fields", {{"body", path}}}}, packets(with_xml(text)));
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    return result.out()[0].text("body");
}

} // namespace

BOOST_AUTO_TEST_CASE(a_field_is_the_first_text_or_all_or_all_joined)
{
    BOOST_TEST(map(books, {{"title", "//title"},
                           {"guids", json::object{{"path", "//@guid"}, {"mode", "all"}}},
                           {"all", json::object{{"path", "//author"}, {"mode", "join"}}},
                           {"absent", "//none"},
                           {"none", json::object{{"path", "//none"}, {"mode", "all"}}}}) ==
                   strings{R"({"kept":1,"title":"One thing","guids":["b1","b2"],"all":"A B"})"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(records_are_packets_with_paths_of_their_own)
{
    auto result = run_entry(
        map_entry,
        {{"record", "/catalog/book"},
         {"fields",
          {{"id", "@guid"}, {"title", "title"}, {"note", "d:note"}, {"count", "count(author)"}}}},
        [&]
        {
            packet given = with_xml(books);
            given.set_meta("id", "x");
            return packets(std::move(given));
        }());
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"kept":1,"id":"b1","title":"One thing","count":2})",
                            R"({"kept":1,"id":"b2","title":"Two","note":"x","count":0})"}),
               boost::test_tools::per_element());
    BOOST_TEST(meta_of(result.out(), "record") == (strings{"1", "2"}),
               boost::test_tools::per_element());
    BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("x.1")", R"("x.2")"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(positions_and_conditions_are_those_of_xpath)
{
    BOOST_TEST(
        map(books, {{"second", "//book[2]/title"},
                    {"dear", "//book[price > 10]/@guid"},
                    {"price", "sum(//price)"},
                    {"any", "boolean(//price)"},
                    {"text", "concat(//book[1]/@guid, '!')"},
                    {"cut", "substring('é', 1, 1)"},
                    {"nan", "number('x')"}}) ==
            strings{
                R"({"kept":1,"second":"Two","dear":"b1","price":10.5,"any":true,"text":"b1!","cut":"�"})"},
        boost::test_tools::per_element());
}

// The original's own tests of its mapping language.
BOOST_AUTO_TEST_CASE(mixed_content_is_a_plain_sentence)
{
    BOOST_TEST(joined("<html><body>Some bold text</body></html>") == "Some bold text");
    BOOST_TEST(joined("<html><body>Some bold</body><body>text</body></html>") == "Some bold text");
    BOOST_TEST(joined("<html><body>Some <b>bold</b> text</body></html>") == "Some bold text");
    BOOST_TEST(
        joined("<html><body>Some <b>bold and</b> <i>italicized</i> courier text</body></html>") ==
        "Some bold and italicized courier text");
    BOOST_TEST(
        joined("<html><body>Some <b>bold and <i>italicized</i> courier</b> text</body></html>") ==
        "Some bold and italicized courier text");
    BOOST_TEST(joined("<html><body>Some text</body>behind it</html>") == "Some text");
}

BOOST_AUTO_TEST_CASE(data_is_read_where_no_field_is_named)
{
    auto result = run_entry(map_entry, {{"field", ""}, {"fields", {{"a", "/r"}}}},
                            packets(body("<?xml version='1.0' encoding='latin1'?><r>\xe9</r>")));
    BOOST_TEST(fields_of(result.out()) == strings{R"({"a":"é"})"},
               boost::test_tools::per_element());
    BOOST_TEST(result.out()[0].data().empty());
}

BOOST_AUTO_TEST_CASE(the_xml_may_stay)
{
    auto result = run_entry(map_entry, {{"keep", true}, {"fields", {{"a", "/r"}}}},
                            packets(packet({{"xml", "<r>1</r>"}})));
    BOOST_TEST(fields_of(result.out()) == strings{R"({"xml":"<r>1</r>","a":"1"})"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_no_xml_fails_and_an_order_to_delete_goes_on)
{
    BOOST_TEST(map("<r>\n</s>", {{"a", "/r"}}) ==
                   strings{"field \"xml\": line 2, column 3: mismatched tag; XML was expected"},
               boost::test_tools::per_element());
    BOOST_TEST(map("<r/>behind", {{"a", "/r"}})[0].find("junk after document element") !=
               std::string::npos);
    packet order;
    order.set_meta("requestmethod", "DELETE");
    auto result = run_entry(map_entry, {{"fields", {{"a", "/r"}}}},
                            packets(packet({{"xml", 1}}), std::move(order)));
    BOOST_TEST(result.out().size() == 1U);
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second == "field \"xml\": is no text; XML was expected");
    BOOST_TEST(map("<r/>", {{"a", "b"}}, "count(//r)")[0] ==
               "record: selects no elements, but a value; elements were expected");
}

BOOST_AUTO_TEST_CASE(an_expression_that_is_none_is_refused_with_its_place)
{
    BOOST_TEST(refusal(map_entry, {{"fields", {{"a", "//b["}}}})
                   .find("an expression of XPath 1.0 was expected") != std::string::npos);
    BOOST_TEST(refusal(map_entry, {{"fields", {{"a", json::object{{"mode", "all"}}}}}})
                   .find("has no path") != std::string::npos);
    BOOST_TEST(refusal(map_entry, {{"fields", {{"a", json::object{{"path", "b"}, {"mode", "x"}}}}}})
                   .find("has an unknown mode") != std::string::npos);
    BOOST_TEST(refusal(map_entry, {{"fields", json::object()}}).find("has no members") !=
               std::string::npos);
    BOOST_TEST(refusal(map_entry, {{"fields", {{"a", std::string(5000, '(')}}}})
                   .find("is longer than 4096 bytes") != std::string::npos);
    BOOST_TEST(
        refusal(map_entry, {{"fields", {{"a", std::string(3000, '(')}}}}).find("was expected") !=
        std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
