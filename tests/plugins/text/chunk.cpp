// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

using penstock::packet;
using penstock::testing::packets;

BOOST_AUTO_TEST_SUITE(chunk_component)

namespace
{

namespace json = penstock::json;

constexpr auto each = boost::test_tools::per_element();

packet document(json::object fields, std::string_view id = "d")
{
    packet made(std::move(fields));
    made.set_meta("id", id);
    return made;
}

penstock::testing::result chunk(std::vector<packet> documents, const json::object& parameters = {})
{
    return run_entry(text_package::chunk_entry, parameters, std::move(documents));
}

std::string reason(json::value text)
{
    auto result = chunk(packets(document({{"text", std::move(text)}}), document({{"text", "x"}})));
    BOOST_TEST(result.out().size() == 1U);
    return result.failed.size() == 1 ? result.failed[0].second : "";
}

} // namespace

BOOST_AUTO_TEST_CASE(each_chunk_has_its_place_and_the_id_of_what_it_is_from)
{
    auto result = chunk(packets(document({{"text", "a b c"}, {"title", "t"}})), {{"size", 2}});
    BOOST_TEST_REQUIRE(result.out().size() == 2U);
    BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("d.1")", R"("d.2")"}), each);
    BOOST_TEST(meta_of(result.out(), "parent") == (strings{R"("d")", R"("d")"}), each);
    BOOST_TEST(meta_of(result.out(), "chunk") == (strings{"1", "2"}), each);
    BOOST_TEST(meta_of(result.out(), "offset") == (strings{"0", "4"}), each);
    BOOST_TEST(result.out()[0].text("text") == "a b");
    BOOST_TEST(result.out()[1].text("text") == "c");
    BOOST_TEST(result.out()[1].text("title") == "t");
}

BOOST_AUTO_TEST_CASE(a_short_text_is_one_chunk)
{
    auto result = chunk(packets(document({{"text", " a b "}})));
    BOOST_TEST(fields_of(result.out()) == strings{R"({"text":"a b"})"}, each);
    BOOST_TEST(meta_of(result.out(), "id") == strings{R"("d.1")"}, each);
    BOOST_TEST(meta_of(result.out(), "offset") == strings{"1"}, each);
}

BOOST_AUTO_TEST_CASE(characters_overlap)
{
    auto result = chunk(packets(document({{"text", "abcdefgh"}})),
                        {{"unit", "characters"}, {"size", 4}, {"overlap", 2}});
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"text":"abcd"})", R"({"text":"cdef"})", R"({"text":"efgh"})"}),
               each);
}

BOOST_AUTO_TEST_CASE(the_fields_can_be_named)
{
    auto result = chunk(packets(document({{"body", "a"}})), {{"field", "body"}});
    BOOST_TEST(fields_of(result.out()) == strings{R"({"text":"a"})"}, each);
    result = chunk(packets(document({{"body", "a"}})), {{"field", "body"}, {"to", "part"}});
    BOOST_TEST(fields_of(result.out()) == strings{R"({"part":"a"})"}, each);
    for (const std::string_view name : {"field", "to"})
        BOOST_CHECK_THROW((void)chunk({}, {{name, ""}}), penstock::parameter_error);
}

BOOST_AUTO_TEST_CASE(an_overlap_as_large_as_a_chunk_is_refused)
{
    BOOST_CHECK_THROW((void)chunk({}, {{"size", 5}, {"overlap", 5}}), penstock::parameter_error);
}

BOOST_AUTO_TEST_CASE(each_value_of_several_is_a_paragraph)
{
    packet several = document({{"text", json::array{"a b c", "d e"}}});
    auto result = chunk(packets(std::move(several)), {{"size", 4}});
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"text":"a b c"})", R"({"text":"d e"})"}),
               each);
    BOOST_TEST(!result.out()[0].is_multivalued("text"));
}

BOOST_AUTO_TEST_CASE(a_text_of_white_space_alone_is_dropped)
{
    auto result = chunk(packets(document({{"text", ""}}), document({{"text", " \n"}})));
    BOOST_TEST(result.out().empty());
    BOOST_TEST(result.dropped.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_packet_without_fields_goes_on_as_it_is)
{
    packet trigger;
    trigger.set_meta("requestmethod", "DELETE");
    packet with_others;
    with_others.set_meta("requestmethod", "DELETE");
    with_others.set("kind", "page");
    auto result = chunk(packets(std::move(trigger), std::move(with_others)));
    BOOST_TEST_REQUIRE(result.out().size() == 2U);
    BOOST_TEST(!result.out()[0].has_meta("parent"));
    BOOST_TEST(result.out()[1].get("kind") == "page");
}

BOOST_AUTO_TEST_CASE(chunks_tell_the_version_of_their_text)
{
    packet told = document({{"text", "x"}});
    told.set_meta("version", "7");
    auto result = chunk(packets(std::move(told), document({{"text", "x"}}),
                                document({{"text", "y"}}), document({{"text", "x"}})));
    BOOST_TEST(result.out()[0].meta("version") == "7");
    BOOST_TEST(result.out()[1].meta("version") != result.out()[2].meta("version"));
    BOOST_TEST(result.out()[1].meta("version") == result.out()[3].meta("version"));
}

BOOST_AUTO_TEST_CASE(what_is_no_text_fails_alone)
{
    auto result = chunk(packets(document({{"title", "t"}}), document({{"text", "x"}})));
    BOOST_TEST(result.out().size() == 1U);
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second == R"(field "text": absent; expected text)");
    BOOST_TEST(result.failed[0].first.text("title") == "t");
    BOOST_TEST(reason(5) == R"(field "text": int64; expected text)");
    BOOST_TEST(reason(nullptr) == R"(field "text": null; expected text)");
    BOOST_TEST(reason(json::array{"a", 5}) ==
               R"(field "text": has a value that is no text; texts were expected)");
    BOOST_TEST(reason("ab\xff") ==
               R"(field "text": byte 2: is no utf-8; text in utf-8 was expected)");
}

BOOST_AUTO_TEST_CASE(a_text_that_is_longer_than_the_limit_fails)
{
    auto result = chunk(packets(document({{"text", "abcdef"}})), {{"limit", "5B"}});
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second == R"(field "text": has 6 bytes; at most 5 were expected)");
    BOOST_TEST(result.failed[0].first.text("text") == "abcdef");
}

BOOST_AUTO_TEST_CASE(a_long_text_is_cut_to_its_end)
{
    std::string text;
    for (int n = 0; n < 20'000; ++n)
        text += "word ";
    auto result = chunk(packets(document({{"text", text}})), {{"size", 10}});
    BOOST_TEST_REQUIRE(result.out().size() == 2000U);
    BOOST_TEST(result.out()[1999].meta("offset") == 99'950);
    BOOST_TEST(result.out()[1999].meta("id") == "d.2000");
}

BOOST_AUTO_TEST_CASE(without_an_id_the_packet_s_own_is_the_parent)
{
    auto result = chunk(packets(packet(json::object{{"text", "a"}})));
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    const std::string parent(result.out()[0].meta("parent").as_string());
    BOOST_TEST(parent.size() == 32U);
    BOOST_TEST(result.out()[0].meta("id").as_string() == parent + ".1");
    packet numbered(json::object{{"text", "a"}});
    numbered.set_meta("id", 7);
    BOOST_TEST(meta_of(chunk(packets(std::move(numbered))).out(), "id") == strings{R"("7.1")"},
               each);
}

BOOST_AUTO_TEST_SUITE_END()
