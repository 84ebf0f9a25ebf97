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
using xml_package::read_entry;
using xml_package::write_entry;

BOOST_AUTO_TEST_SUITE(xml_write)

namespace
{

constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

std::string write(std::vector<packet> given, const json::object& parameters = {})
{
    auto result = run_entry(write_entry, parameters, std::move(given));
    if (!result.failed.empty())
        return result.failed[0].second;
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    const std::string text(result.out()[0].data().view());
    BOOST_TEST_REQUIRE(text.starts_with(declaration));
    return text.substr(declaration.size());
}

} // namespace

BOOST_AUTO_TEST_CASE(packets_are_elements_of_one_document)
{
    auto result = run_entry(write_entry, {}, packets(packet({{"n", 1}}), packet({{"n", nullptr}})));
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    BOOST_TEST(result.out()[0].data().view() == std::string(declaration) +
                                                    "<records>\n<record><n>1</n></record>\n"
                                                    "<record><n></n></record>\n</records>\n");
    BOOST_TEST(result.out()[0].meta("mimetype") == "application/xml");
}

BOOST_AUTO_TEST_CASE(a_packet_may_be_a_document)
{
    auto result = run_entry(write_entry, {{"root", "a"}, {"record", ""}},
                            packets(packet({{"text", "x"}}), packet({{"@b", true}})));
    BOOST_TEST_REQUIRE(result.out().size() == 2U);
    BOOST_TEST(result.out()[1].data().view() == std::string(declaration) + "<a b=\"true\"></a>\n");
}

BOOST_AUTO_TEST_CASE(what_was_read_is_written_so_that_it_is_read_again)
{
    constexpr std::string_view text =
        "<r><i k=\"&lt;&quot;&#10;&#9;&amp;\"><t l=\"en\">a &lt;b&gt; &amp;amp; ]]&gt; é\"</t>"
        "<m>1</m><m>2</m><e></e><o><p>&#13;x</p></o></i></r>";
    const json::object keep{{"record", "i"}, {"space", "keep"}};
    auto first = run_entry(read_entry, keep, packets(body(text)));
    const strings fields = fields_of(first.out());
    auto written = run_entry(write_entry, {{"record", "i"}}, std::move(first.out()));
    BOOST_TEST_REQUIRE(written.out().size() == 1U);
    auto second = run_entry(read_entry, keep, std::move(written.out()));
    BOOST_TEST(fields_of(second.out()) == fields, boost::test_tools::per_element());
    BOOST_TEST(fields[0].find("\\r") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_no_document_may_have_is_replaced)
{
    using namespace std::string_literals;
    BOOST_TEST(write(packets(packet({{"a", "x\x01\xffy\0z"s}}))) ==
               "<records>\n<record><a>x\xef\xbf\xbd\xef\xbf\xbdy\xef\xbf\xbdz</a></record>\n"
               "</records>\n");
}

BOOST_AUTO_TEST_CASE(lists_in_lists_are_elements_in_elements)
{
    BOOST_TEST(write(packets(packet({{"a", json::array{json::array{1, 2}, 3}}}))) ==
               "<records>\n<record><a><a>1</a><a>2</a></a><a>3</a></record>\n</records>\n");
}

BOOST_AUTO_TEST_CASE(a_packet_that_is_no_element_fails_alone)
{
    auto result = run_entry(write_entry, {},
                            packets(packet({{"a b", 1}}), packet({{"ok", 1}}), body("data"),
                                    packet({{"@a", json::array{1}}}), packet({{"1", 1}})));
    BOOST_TEST(result.out().size() == 1U);
    BOOST_TEST_REQUIRE(result.failed.size() == 4U);
    BOOST_TEST(result.failed[0].second ==
               "field \"a b\": is no name of an element; one was expected");
    BOOST_TEST(result.failed[2].second == "field \"@a\": has several values; an attribute has one");
}

BOOST_AUTO_TEST_CASE(names_that_are_none_are_refused)
{
    BOOST_TEST(refusal(write_entry, {{"root", ""}}) != "none");
    BOOST_TEST(refusal(write_entry, {{"record", "a b"}}) != "none");
}

BOOST_AUTO_TEST_SUITE_END()
