// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

using penstock::packet;
using penstock::testing::packets;
using route_package::split_entry;

BOOST_AUTO_TEST_SUITE(route_split)

namespace
{

penstock::testing::result parts_of(packet given, const penstock::json::object& parameters)
{
    return run_entry(split_entry, parameters, packets(std::move(given)));
}

packet order()
{
    packet made(penstock::parse_json(R"({"customer": "k", "items": [{"n": 1, "tags": ["a"]},
                                         {"n": 2, "customer": "l"}, "plain", null]})")
                    .as_object());
    made.set_meta("id", "o");
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(each_value_becomes_a_packet_with_the_other_fields)
{
    auto result = parts_of(order(), {{"field", "items"}});
    BOOST_TEST(
        fields_of(result.out()) ==
            (strings{R"({"customer":"k","n":1,"tags":["a"]})", R"({"customer":"l","n":2})",
                     R"({"customer":"k","items":"plain"})", R"({"customer":"k","items":null})"}),
        boost::test_tools::per_element());
    BOOST_TEST(result.out()[0].is_multivalued("tags"));
    BOOST_TEST(penstock::write_json(result.out()[1].meta()) ==
               R"({"id":"o.2","parent":"o","part_count":4,"part":2})");
    BOOST_TEST(result.dropped.empty());
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(parts_may_be_without_the_other_fields)
{
    BOOST_TEST(fields_of(parts_of(order(), {{"field", "items"}, {"keep", false}}).out()) ==
                   (strings{R"({"n":1,"tags":["a"]})", R"({"n":2,"customer":"l"})",
                            R"({"items":"plain"})", R"({"items":null})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_list_that_is_one_value_is_split_and_a_single_value_is_one_part)
{
    packet list;
    list.set("a", penstock::json::array{1, 2});
    BOOST_TEST(fields_of(parts_of(std::move(list), {{"field", "a"}}).out()) ==
                   (strings{R"({"a":1})", R"({"a":2})"}),
               boost::test_tools::per_element());
    packet single;
    single.set("a", "x");
    single.set_meta("id", 7);
    auto result = parts_of(std::move(single), {{"field", "a"}});
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"a":"x"})"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.out()[0].meta("id") == "7.1");
}

BOOST_AUTO_TEST_CASE(a_packet_without_the_field_goes_on_and_one_without_values_is_dropped)
{
    packet other;
    other.set("b", 1);
    auto result = run_entry(split_entry, {{"field", "a"}}, packets(std::move(other), packet()));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"b":1})", "{}"}),
               boost::test_tools::per_element());
    packet none;
    none.set_values("a", {});
    BOOST_TEST(parts_of(std::move(none), {{"field", "a"}}).dropped.size() == 1u);
}

BOOST_AUTO_TEST_CASE(without_a_field_further_outputs_get_copies)
{
    auto result = parts_of(order(), {{"copies", penstock::json::array{"out2", "out3"}}});
    for (const char* port : {"out", "out2", "out3"})
    {
        BOOST_TEST_REQUIRE(result.sent[port].size() == 1u);
        BOOST_TEST((result.sent[port][0] == order()));
    }
}

BOOST_AUTO_TEST_CASE(copies_are_of_the_packet_as_it_came)
{
    auto result =
        parts_of(order(), {{"field", "items"}, {"copies", penstock::json::array{"whole"}}});
    BOOST_TEST(result.out().size() == 4u);
    BOOST_TEST_REQUIRE(result.sent["whole"].size() == 1u);
    BOOST_TEST((result.sent["whole"][0] == order()));
}

BOOST_AUTO_TEST_CASE(a_packet_of_more_parts_than_it_may_have_fails)
{
    auto result = parts_of(order(), {{"field", "items"}, {"parts", 3}});
    BOOST_TEST(result.out().empty());
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(result.failed[0].second == "field \"items\": has 4 values; at most 3 were expected");
    BOOST_TEST((result.failed[0].first == order()));
}

BOOST_AUTO_TEST_SUITE_END()
