// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

namespace json = penstock::json;
using namespace fields_package;
using penstock::packet;
using penstock::testing::packets;

namespace
{

/// Runs a component over one packet and returns what became of it.
packet run(const penstock::component_entry& entry, const json::object& parameters, packet given)
{
    auto result = run_entry(entry, parameters, packets(std::move(given)));
    BOOST_REQUIRE(result.out().size() == 1);
    BOOST_TEST(result.failed.empty());
    return std::move(result.out().front());
}

std::string fields(const packet& packet)
{
    json::object sorted;
    for (const std::string& name : packet.names())
        sorted[name] = packet.get(name);
    return penstock::write_json(sorted);
}

packet with_field_meta(json::object fields, std::string_view field, json::object meta)
{
    packet packet(std::move(fields));
    for (const auto& [name, value] : meta)
        packet.set_field_meta(field, name, value);
    return packet;
}

} // namespace

BOOST_AUTO_TEST_SUITE(fields_set)

BOOST_AUTO_TEST_CASE(it_sets_a_value_of_any_type)
{
    BOOST_TEST(fields(run(set_entry, {{"field", "a"}, {"value", "x"}}, packet())) ==
               R"({"a":"x"})");
    BOOST_TEST(fields(run(set_entry, {{"field", "a"}, {"value", 5}}, packet())) == R"({"a":5})");
    BOOST_TEST(fields(run(set_entry, {{"field", "a"}, {"value", nullptr}}, packet())) ==
               R"({"a":null})");
    BOOST_TEST(fields(run(set_entry, {{"field", "a"}, {"value", {{"b", 1}}}}, packet())) ==
               R"({"a":{"b":1}})");
}

BOOST_AUTO_TEST_CASE(a_list_makes_the_field_multivalued)
{
    const packet out =
        run(set_entry, {{"field", "a"}, {"value", json::array{"x;y", "z"}}}, packet());
    BOOST_TEST(fields(out) == R"({"a":["x;y","z"]})");
    BOOST_TEST(out.is_multivalued("a"));
}

BOOST_AUTO_TEST_CASE(a_single_value_ends_being_multivalued)
{
    const packet out =
        run(set_entry, {{"field", "a"}, {"value", 1}}, packet({{"a", json::array{1, 2}}}));
    BOOST_TEST(fields(out) == R"({"a":1})");
    BOOST_TEST(!out.is_multivalued("a"));
}

BOOST_AUTO_TEST_CASE(what_was_there_is_replaced_and_its_meta_kept)
{
    const packet out = run(set_entry, {{"field", "a"}, {"value", 1}},
                           with_field_meta({{"a", 0}, {"b", 2}}, "a", {{"m", "k"}}));
    BOOST_TEST(fields(out) == R"({"a":1,"b":2})");
    BOOST_TEST(out.field_meta("a", "m") == "k");
}

BOOST_AUTO_TEST_CASE(an_empty_name_refuses_the_deployment)
{
    BOOST_TEST(refusal(set_entry, {{"field", ""}, {"value", 1}}) ==
               "field: is empty; the name of a field was expected");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(fields_delete)

BOOST_AUTO_TEST_CASE(it_deletes_fields_with_their_meta)
{
    const packet out = run(delete_entry, {{"fields", json::array{"a", "c", "absent"}}},
                           with_field_meta({{"a", 1}, {"b", 2}, {"c", 3}}, "a", {{"m", 1}}));
    BOOST_TEST(fields(out) == R"({"b":2})");
    BOOST_TEST(!out.has_field_meta("a", "m"));
}

BOOST_AUTO_TEST_CASE(an_empty_packet_passes)
{
    BOOST_TEST(fields(run(delete_entry, {{"fields", json::array{"a"}}}, packet())) == "{}");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(fields_copy)

BOOST_AUTO_TEST_CASE(it_copies_values_mark_and_meta)
{
    const packet out = run(copy_entry, {{"from", json::array{"a"}}, {"to", json::array{"b"}}},
                           with_field_meta({{"a", json::array{1}}}, "a", {{"m", "k"}}));
    BOOST_TEST(fields(out) == R"({"a":[1],"b":[1]})");
    BOOST_TEST(out.is_multivalued("b"));
    BOOST_TEST(out.field_meta("a", "m") == "k");
    BOOST_TEST(out.field_meta("b", "m") == "k");
}

BOOST_AUTO_TEST_CASE(pairs_are_taken_in_order)
{
    BOOST_TEST(
        fields(run(copy_entry, {{"from", json::array{"a", "b"}}, {"to", json::array{"b", "c"}}},
                   packet({{"a", 1}}))) == R"({"a":1,"b":1,"c":1})");
}

BOOST_AUTO_TEST_CASE(by_default_what_is_there_stays)
{
    BOOST_TEST(fields(run(copy_entry, {{"from", json::array{"a"}}, {"to", json::array{"b"}}},
                          packet({{"a", 1}, {"b", 2}}))) == R"({"a":1,"b":2})");
}

BOOST_AUTO_TEST_CASE(overwrite_replaces_values_and_meta)
{
    packet given = with_field_meta({{"a", 1}, {"b", 2}}, "b", {{"old", 1}});
    given.set_field_meta("a", "new", 1);
    const packet out = run(
        copy_entry, {{"from", json::array{"a"}}, {"to", json::array{"b"}}, {"mode", "overwrite"}},
        std::move(given));
    BOOST_TEST(fields(out) == R"({"a":1,"b":1})");
    BOOST_TEST(!out.has_field_meta("b", "old"));
    BOOST_TEST(out.has_field_meta("b", "new"));
}

BOOST_AUTO_TEST_CASE(append_adds_the_values_and_merges_the_meta)
{
    packet given =
        with_field_meta({{"a", json::array{1, 2}}, {"b", 0}}, "b", {{"both", "b"}, {"own", "b"}});
    given.set_field_meta("a", "both", "a");
    given.set_field_meta("a", "other", "a");
    const packet out =
        run(copy_entry, {{"from", json::array{"a"}}, {"to", json::array{"b"}}, {"mode", "append"}},
            std::move(given));
    BOOST_TEST(fields(out) == R"({"a":[1,2],"b":[0,1,2]})");
    BOOST_TEST(out.is_multivalued("b"));
    BOOST_TEST((out.field_meta("b", "both") == json::value(json::array{"b", "a"})));
    BOOST_TEST(out.field_meta("b", "own") == "b");
    BOOST_TEST(out.field_meta("b", "other") == "a");
}

BOOST_AUTO_TEST_CASE(append_keeps_a_list_that_is_one_value_whole)
{
    packet given({{"b", 0}});
    given.set("a", json::array{1, 2});
    const packet out =
        run(copy_entry, {{"from", json::array{"a"}}, {"to", json::array{"b"}}, {"mode", "append"}},
            std::move(given));
    BOOST_TEST(fields(out) == R"({"a":[1,2],"b":[0,[1,2]]})");
}

BOOST_AUTO_TEST_CASE(an_absent_source_and_the_same_name_are_skipped)
{
    for (const char* mode : {"abort", "append", "overwrite"})
        BOOST_TEST(fields(run(copy_entry,
                              {{"from", json::array{"absent", "a"}},
                               {"to", json::array{"a", "a"}},
                               {"mode", mode}},
                              packet({{"a", 1}}))) == R"({"a":1})");
}

BOOST_AUTO_TEST_CASE(lists_of_unequal_length_refuse_the_deployment)
{
    for (const auto* entry : {&copy_entry, &rename_entry})
        BOOST_TEST(refusal(*entry, {{"from", json::array{"a", "b"}}, {"to", json::array{"c"}}}) ==
                   "to: has 1 names; 2 were expected, as many as in from");
}

BOOST_AUTO_TEST_CASE(empty_names_refuse_the_deployment)
{
    for (const auto* entry : {&copy_entry, &rename_entry})
    {
        BOOST_TEST(refusal(*entry, {{"from", json::array{"a"}}, {"to", json::array{""}}}) ==
                   "to: has an empty name; names of fields were expected");
        BOOST_TEST(refusal(*entry, {{"from", json::array{""}}, {"to", json::array{"a"}}}) ==
                   "from: has an empty name; names of fields were expected");
    }
}

BOOST_AUTO_TEST_CASE(an_unknown_mode_is_refused)
{
    BOOST_CHECK_THROW(
        (void)run_entry(copy_entry,
                        {{"from", json::array{}}, {"to", json::array{}}, {"mode", "Abort"}}, {}),
        penstock::parameter_error);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(fields_rename)

BOOST_AUTO_TEST_CASE(it_moves_values_mark_and_meta)
{
    const packet out = run(rename_entry, {{"from", json::array{"a"}}, {"to", json::array{"b"}}},
                           with_field_meta({{"a", json::array{1}}}, "a", {{"m", "k"}}));
    BOOST_TEST(fields(out) == R"({"b":[1]})");
    BOOST_TEST(out.is_multivalued("b"));
    BOOST_TEST(out.field_meta("b", "m") == "k");
}

BOOST_AUTO_TEST_CASE(pairs_are_taken_in_order)
{
    BOOST_TEST(
        fields(run(rename_entry, {{"from", json::array{"a", "b"}}, {"to", json::array{"b", "c"}}},
                   packet({{"a", 1}}))) == R"({"c":1})");
}

BOOST_AUTO_TEST_CASE(by_default_both_fields_stay_when_the_target_is_there)
{
    BOOST_TEST(fields(run(rename_entry, {{"from", json::array{"a"}}, {"to", json::array{"b"}}},
                          packet({{"a", 1}, {"b", 2}}))) == R"({"a":1,"b":2})");
}

BOOST_AUTO_TEST_CASE(overwrite_replaces_the_target)
{
    BOOST_TEST(
        fields(run(rename_entry,
                   {{"from", json::array{"a"}}, {"to", json::array{"b"}}, {"mode", "overwrite"}},
                   packet({{"a", 1}, {"b", 2}}))) == R"({"b":1})");
}

BOOST_AUTO_TEST_CASE(append_moves_the_values_to_the_target)
{
    BOOST_TEST(
        fields(run(rename_entry,
                   {{"from", json::array{"a"}}, {"to", json::array{"b"}}, {"mode", "append"}},
                   packet({{"a", 1}, {"b", 2}}))) == R"({"b":[2,1]})");
}

BOOST_AUTO_TEST_CASE(two_fields_can_be_swapped)
{
    BOOST_TEST(
        fields(run(
            rename_entry,
            {{"from", json::array{"a", "b"}}, {"to", json::array{"b", "a"}}, {"mode", "overwrite"}},
            packet({{"a", 1}, {"b", 2}}))) == R"({"a":2,"b":1})");
}

BOOST_AUTO_TEST_CASE(fields_can_go_round_and_others_are_left_alone)
{
    BOOST_TEST(fields(run(rename_entry,
                          {{"from", json::array{"a", "b", "c"}},
                           {"to", json::array{"b", "c", "a"}},
                           {"mode", "overwrite"}},
                          packet({{"a", 1}, {"b", 2}, {"c", 3}, {"aside", 4}}))) ==
               R"({"a":3,"aside":4,"b":1,"c":2})");
}

BOOST_AUTO_TEST_CASE(an_absent_source_and_the_same_name_are_skipped)
{
    for (const char* mode : {"abort", "append", "overwrite"})
        BOOST_TEST(fields(run(rename_entry,
                              {{"from", json::array{"absent", "a"}},
                               {"to", json::array{"a", "a"}},
                               {"mode", mode}},
                              packet({{"a", 1}}))) == R"({"a":1})");
}

BOOST_AUTO_TEST_CASE(an_empty_packet_passes)
{
    BOOST_TEST(fields(run(rename_entry, {{"from", json::array{"a"}}, {"to", json::array{"b"}}},
                          packet())) == "{}");
}

BOOST_AUTO_TEST_SUITE_END()
