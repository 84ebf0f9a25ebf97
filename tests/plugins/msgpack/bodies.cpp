// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "bytes.hpp"

#include <penstock/description.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>

using msgpack_package::read_entry;

// How the documents of a body are told from each other, and what one that is broken costs.

BOOST_AUTO_TEST_CASE(a_map_becomes_the_fields_of_its_packet)
{
    auto result = read_msgpack(map_of("01"), {}, {{"id", "7"}, {"route", "r"}});
    BOOST_REQUIRE(result.out().size() == 1);
    BOOST_TEST(penstock::write_json(result.out()[0].fields()) == R"({"a":1})");
    BOOST_TEST(result.out()[0].data().empty());
    BOOST_TEST(result.out()[0].meta("id") == "7");
    BOOST_TEST(result.out()[0].meta("route") == "r");
}

BOOST_AUTO_TEST_CASE(maps_one_behind_the_other_become_a_packet_each)
{
    auto result = read_msgpack(map_of("01") + map_of("02") + "\x80", {}, {{"id", "x"}});
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"a":1})", R"({"a":2})", "{}"}),
               boost::test_tools::per_element());
    BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("x.1")", R"("x.2")", R"("x.3")"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_list_becomes_a_packet_for_each_element)
{
    const std::string list = bytes_of("92 81a16101 81a16102");
    auto result = read_msgpack(list + map_of("03") + list);
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"a":1})", R"({"a":2})", R"({"a":3})", R"({"a":1})", R"({"a":2})"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(a_single_map_keeps_the_id_of_its_body)
{
    for (const std::string_view one : {"80", "91 80", "91 80 90"})
        BOOST_TEST(meta_of(read_msgpack(bytes_of(one), {}, {{"id", "x"}}).out(), "id") ==
                       (strings{R"("x")"}),
                   boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_empty_list_and_a_packet_without_data_deliver_nothing)
{
    for (const std::string_view nothing : {"90", "90 dc0000 dd00000000", ""})
    {
        auto result = read_msgpack(bytes_of(nothing));
        BOOST_TEST(result.out().empty());
        BOOST_TEST(result.failed.empty());
    }
}

BOOST_AUTO_TEST_CASE(a_document_that_cannot_be_read_fails_alone)
{
    const std::string broken = map_of("cb 7ff8000000000000");
    auto result = read_msgpack(map_of("01") + broken + map_of("03"), {}, {{"id", "x"}});
    BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("x.1")", R"("x.3")"}),
               boost::test_tools::per_element());
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].second.starts_with("document 2, byte 3: "));
    BOOST_TEST(result.failed[0].first.data().view() == broken);
    BOOST_TEST(result.failed[0].first.meta("id") == "x.2");
}

BOOST_AUTO_TEST_CASE(an_element_that_cannot_be_read_fails_alone)
{
    auto result = read_msgpack(bytes_of("95 80 81a161d40500 05 9180 81a16105"));
    BOOST_TEST(fields_of(result.out()) == (strings{"{}", R"({"a":5})"}),
               boost::test_tools::per_element());
    BOOST_TEST(reasons_of(result) ==
                   (strings{"document 1, element 2, byte 3: an extension of type 5; expected a "
                            "timestamp, type -1",
                            "document 1, element 3 is a number; a map was expected",
                            "document 1, element 4 is a list; a map was expected"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.failed[0].first.data().view() == map_of("d40500"));
}

BOOST_AUTO_TEST_CASE(a_body_that_is_cut_loses_its_last_document_alone)
{
    const std::string whole = map_of("01") + map_of("93 01 a2 7878 02");
    for (std::size_t size = 5; size < whole.size(); ++size)
    {
        auto result = read_msgpack(std::string_view(whole).substr(0, size));
        BOOST_TEST(result.out().size() == 1U);
        BOOST_REQUIRE(result.failed.size() == 1);
        BOOST_TEST(result.failed[0].second.starts_with("document 2, byte "));
        BOOST_TEST(result.failed[0].second.ends_with(
            ": the bytes end too early; expected the rest of the value"));
        BOOST_TEST(result.failed[0].first.data().view() == whole.substr(4, size - 4));
    }
}

BOOST_AUTO_TEST_CASE(a_list_that_is_cut_fails_as_a_whole)
{
    auto result = read_msgpack(bytes_of("93 81a16101 81a16102"));
    BOOST_TEST(result.out().empty());
    BOOST_TEST(result.failed.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_count_of_more_than_there_is_costs_nothing)
{
    for (const std::string_view count :
         {"dd ffffffff", "df ffffffff", "db ffffffff", "c6 ffffffff", "c9 ffffffff 05",
          "dd ffffffff dd ffffffff dd ffffffff", "df ffffffff df ffffffff 01"})
        BOOST_TEST(read_msgpack(bytes_of(count)).failed.size() == 1U, count);
}

BOOST_AUTO_TEST_CASE(any_depth_is_passed_over_in_a_document_that_fails)
{
    const std::string deep(std::size_t{1} << 20, '\x91');
    auto result = read_msgpack(bytes_of("81 a161") + deep + '\x90' + map_of("02"));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"a":2})"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.failed.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_byte_that_begins_nothing_costs_the_rest)
{
    const std::string body = map_of("01") + '\xc1' + map_of("02");
    auto result = read_msgpack(body);
    BOOST_TEST(result.out().size() == 1U);
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].second ==
               "document 2, byte 0: byte 0xc1, which begins no value; expected MessagePack");
    BOOST_TEST(result.failed[0].first.data().view() == body.substr(4));
}

BOOST_AUTO_TEST_CASE(a_document_that_is_neither_map_nor_list_fails)
{
    const std::vector<std::pair<std::string_view, std::string_view>> scalars{
        {"05", "a number"},      {"ff", "a number"},          {"ca 00000000", "a number"},
        {"a1 61", "a text"},     {"c4 01 61", "bytes"},       {"c0", "null"},
        {"c3", "a truth value"}, {"d4 00 00", "an extension"}};
    for (const auto& [scalar, name] : scalars)
        BOOST_TEST(
            reasons_of(read_msgpack(bytes_of(scalar))) ==
                (strings{"document 1 is " + std::string(name) + "; a map or a list was expected"}),
            boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(text_that_is_taken_for_messagepack_is_one_dead_letter)
{
    auto result = read_msgpack(R"({"a": 1}, {"a": 2})");
    BOOST_TEST(result.out().empty());
    BOOST_TEST(reasons_of(result) == (strings{"documents 1 to 18 are neither maps nor lists; a map "
                                              "or a list was expected"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_trails_a_document_is_one_dead_letter_and_the_next_is_read)
{
    auto result = read_msgpack(map_of("01") + "\r\n\r\n" + map_of("02"));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"a":1})", R"({"a":2})"}),
               boost::test_tools::per_element());
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].second ==
               "documents 2 to 5 are neither maps nor lists; a map or a list was expected");
    BOOST_TEST(result.failed[0].first.data().view() == "\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(it_is_an_adapter_for_messagepack)
{
    const std::unique_ptr<penstock::component> component(read_entry.make());
    const penstock::component_description description = penstock::describe(*component);
    BOOST_TEST(description.accepts == (strings{"application/msgpack", "application/x-msgpack",
                                               "application/vnd.msgpack"}),
               boost::test_tools::per_element());
    BOOST_TEST(!description.takes_triggers);
    BOOST_TEST(!component->json_body("application/msgpack").has_value());
    BOOST_TEST((read_entry.category == penstock::category::adapter));
}

BOOST_AUTO_TEST_CASE(further_types_can_be_named)
{
    const std::unique_ptr<penstock::component> component(read_entry.make());
    BOOST_TEST(penstock::configure(*component, {{"types", {"application/x-chunk"}}}).empty());
    BOOST_TEST(penstock::describe(*component).accepts.back() == "application/x-chunk");
    const std::unique_ptr<penstock::component> other(read_entry.make());
    BOOST_TEST(penstock::configure(*other, {{"types", {"Text/X"}}}).size() == 1U);
}

BOOST_AUTO_TEST_CASE(it_ends_when_nothing_comes)
{
    BOOST_TEST(run_entry(read_entry, {}, {}).out().empty());
}

BOOST_AUTO_TEST_CASE(bad_documents_beyond_a_limit_become_one_dead_letter_that_replays)
{
    const std::string bad = bytes_of("81 01 01"); // a key that is no text
    auto result =
        read_msgpack(bad + map_of("01") + bad + bad + map_of("02"), {{"bad_documents", 1}});
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"a":1})", R"({"a":2})"}),
               boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(result.failed.size() == 2U);
    BOOST_TEST((result.failed.back().first.data().view() == bad + bad));
    BOOST_TEST(read_msgpack(bad + bad).failed.size() == 2U);
}
