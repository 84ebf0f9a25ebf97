// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>

namespace json = penstock::json;
using namespace fields_package;
using penstock::packet;
using penstock::testing::packets;

namespace
{

penstock::testing::result map(json::object fields, packet given, json::object further = {})
{
    further["fields"] = std::move(fields);
    return run_entry(map_entry, further, packets(std::move(given)));
}

/// The packet that comes out, as its fields.
std::string mapped(json::object fields, packet given)
{
    auto result = map(std::move(fields), std::move(given));
    if (!result.failed.empty())
        return result.failed.front().second;
    return penstock::write_json(result.out().front().fields());
}

std::string failure(const std::string& expression, packet given)
{
    auto result = map({{"total", expression}}, std::move(given));
    return result.failed.empty() ? "none" : result.failed.front().second;
}

} // namespace

BOOST_AUTO_TEST_SUITE(fields_map)

BOOST_AUTO_TEST_CASE(an_order_to_delete_goes_on_though_it_lacks_fields)
{
    const auto order = []
    {
        packet made;
        made.set_meta("requestmethod", "DELETE");
        made.set_meta("id", "7");
        return made;
    };
    BOOST_TEST(mapped({{"total", "price * count"}}, order()) == "{}");
    BOOST_TEST(mapped({{"key", "meta.id"}}, order()) == R"({"key":"7"})");
    const json::object fields{
        {"a", "price * count"}, {"key", "'k' .. meta.id"}, {"b", "fail 'no'"}, {"gone", "nil"}};
    packet some = order();
    some.set("gone", 1);
    some.set("b", 2);
    BOOST_TEST(mapped(fields, std::move(some)) == R"({"b":2,"key":"k7"})");
}

BOOST_AUTO_TEST_CASE(a_limit_fails_an_order_to_delete_too)
{
    packet order({{"text", std::string(1000, 'a')}});
    order.set_meta("requestmethod", "DELETE");
    const auto result = map({{"a", "text:rep(1000000)"}, {"b", "1"}}, std::move(order));
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second.find("limit") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(all_fields_and_all_meta_are_values_of_json)
{
    packet given({{"a", 1}, {"b", json::array{"x", nullptr}}});
    given.set_meta("id", "7");
    BOOST_TEST(
        mapped({{"text", "json.encode(packet.fields) .. json.encode{meta}"}}, std::move(given)) ==
        R"({"a":1,"b":["x",null],"text":"{\"a\":1,\"b\":[\"x\",null]}[{\"id\":\"7\"}]"})");
    BOOST_TEST(mapped({{"o", "object{}"}, {"l", "list{}"}, {"h", "html_escape [[<]]"}},
                      packet({{"object", 1}})) == R"({"object":1,"o":{},"l":[],"h":"&lt;"})");
}

BOOST_AUTO_TEST_CASE(expressions_calculate_with_fields)
{
    BOOST_TEST(mapped({{"total", "price * count"}, {"kind", "'book'"}},
                      packet({{"price", 2.5}, {"count", 4}})) ==
               R"({"price":2.5,"count":4,"total":10.0,"kind":"book"})");
    BOOST_TEST(mapped({{"a", "a + 1"}}, packet({{"a", 1}})) == R"({"a":2})");
    BOOST_TEST(mapped({{"t", "title:upper() .. '!'"}}, packet({{"title", "x"}})) ==
               R"({"title":"x","t":"X!"})");
    BOOST_TEST(mapped({{"t", "string.format('%03d', n)"}}, packet({{"n", 7}})) ==
               R"({"n":7,"t":"007"})");
}

BOOST_AUTO_TEST_CASE(all_expressions_see_the_packet_as_it_came)
{
    BOOST_TEST(mapped({{"a", "b"}, {"b", "a"}}, packet({{"a", 1}, {"b", 2}})) ==
               R"({"a":2,"b":1})");
}

BOOST_AUTO_TEST_CASE(values_of_all_types_come_back_as_they_were)
{
    const json::value values[] = {nullptr,
                                  true,
                                  0,
                                  std::numeric_limits<std::int64_t>::min(),
                                  std::numeric_limits<std::uint64_t>::max(),
                                  1.0,
                                  1e300,
                                  "",
                                  "caf\xc3\xa9 \xf0\x9f\x98\x80",
                                  json::string("a\0b", 3),
                                  "\xff",
                                  json::object(),
                                  {{"a", {1, nullptr, json::array(), json::object()}}}};
    for (const json::value& value : values)
    {
        packet given;
        given.set("a", value);
        auto result = map({{"b", "a"}}, std::move(given));
        BOOST_TEST_REQUIRE(result.out().size() == 1u);
        const json::value* found = result.out().front().find("b");
        BOOST_TEST_REQUIRE(found != nullptr, value);
        BOOST_TEST(*found == value);
        BOOST_TEST((found->kind() == value.kind()), value);
    }
}

BOOST_AUTO_TEST_CASE(several_values_stay_several_and_a_list_that_is_one_value_stays_one)
{
    packet given({{"many", json::array{1, 2}}, {"none", json::array()}});
    given.set("one", json::array{1, 2});
    auto result = map({{"a", "many"}, {"b", "none"}, {"c", "one"}, {"d", "{many[2], #many}"}},
                      std::move(given));
    BOOST_TEST_REQUIRE(result.out().size() == 1u);
    const packet& out = result.out().front();
    BOOST_TEST(out.is_multivalued("a"));
    BOOST_TEST(penstock::write_json(out.get("b")) == "[]");
    BOOST_TEST(out.is_multivalued("b"));
    BOOST_TEST(!out.is_multivalued("c"));
    BOOST_TEST(penstock::write_json(out.get("c")) == "[1,2]");
    BOOST_TEST(penstock::write_json(out.get("d")) == "[2,2]");
}

BOOST_AUTO_TEST_CASE(meta_and_data_stand_beside_the_fields)
{
    packet given({{"n", 1}});
    given.set_meta("id", "x");
    given.set_data(penstock::bytes(std::string("body")));
    BOOST_TEST(mapped({{"a", "meta.id"}, {"b", "data"}, {"c", "#data + n"}}, std::move(given)) ==
               R"({"n":1,"a":"x","b":"body","c":5})");
}

BOOST_AUTO_TEST_CASE(fields_of_any_name_are_reached)
{
    packet given({{"data", 1}, {"meta", 2}, {"two words", 3}, {"end", 4}, {"type", 5}});
    BOOST_TEST(mapped({{"a", "packet.fields.data + packet.fields.meta"},
                       {"b", "packet['two words']"},
                       {"c", "packet['end']"},
                       {"d", "type"}},
                      std::move(given)) ==
               R"({"data":1,"meta":2,"two words":3,"end":4,"type":5,"a":3,"b":3,"c":4,"d":5})");
}

BOOST_AUTO_TEST_CASE(a_name_that_is_called_is_a_function_whatever_the_fields_are)
{
    BOOST_TEST(mapped({{"a", "type(n)"}, {"b", "math.floor(2.5)"}, {"c", "string"}},
                      packet({{"n", 1}, {"type", "x"}, {"math", 1}, {"string", "s"}})) ==
               R"({"n":1,"type":"x","math":1,"string":"s","a":"number","b":2,"c":"s"})");
}

BOOST_AUTO_TEST_CASE(an_absent_field_is_nil_and_nil_deletes)
{
    BOOST_TEST(mapped({{"a", "absent"}, {"b", "absent == nil"}, {"c", "absent or 'none'"}},
                      packet({{"a", 1}})) == R"({"b":true,"c":"none"})");
}

BOOST_AUTO_TEST_CASE(an_expression_that_fails_names_itself_and_the_absent_field)
{
    BOOST_TEST(failure("price > 5", packet()) ==
               "total: price > 5: attempt to compare number with nil; field \"price\" is absent");
    BOOST_TEST(failure("price * count", packet({{"price", 1}})) ==
               "total: price * count: attempt to perform arithmetic on a nil value (field "
               "'count'); field \"count\" is absent");
    BOOST_TEST(failure("price + 1", packet({{"price", "x"}})).find("total: price + 1: ") == 0u);
    BOOST_TEST(failure("nothing(1)", packet()) ==
               "total: nothing(1): attempt to call a nil value (field 'nothing'); field "
               "\"nothing\" is absent");
    BOOST_TEST(failure("1 / 0", packet()) ==
               "total: 1 / 0: a number is not finite; one that is was expected");
    BOOST_TEST(failure("print", packet()) == "none"); // a field like any other
}

BOOST_AUTO_TEST_CASE(what_fails_changes_nothing_and_the_next_packet_comes)
{
    auto result = run_entry(
        map_entry, {{"fields", {{"a", "1"}, {"b", "b + 1"}}}},
        packets(packet({{"b", "x"}}), packet({{"b", 1}}), packet({{"b", json::array{1}}})));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"b":2,"a":1})"}),
               boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(result.failed.size() == 2u);
    BOOST_TEST(penstock::write_json(result.failed[0].first.fields()) == R"({"b":"x"})");
}

BOOST_AUTO_TEST_CASE(an_expression_changes_no_packet)
{
    BOOST_TEST(failure("(function() packet.x = 1 end)()", packet()).find("only be read") !=
               std::string::npos);
    BOOST_TEST(failure("(function() x = 1 end)()", packet()).find("assigns to \"x\"") !=
               std::string::npos);
    BOOST_TEST(mapped({{"b", "(function() many[1] = 5 return many[1] end)()"}},
                      packet({{"many", json::array{1}}})) == R"({"many":[1],"b":5})");
}

BOOST_AUTO_TEST_CASE(an_expression_without_end_is_one_failure)
{
    const std::string endless = "n == 2 and (function() while true do end end)() or n";
    auto result = run_entry(map_entry, {{"fields", {{"a", endless}}}},
                            packets(packet({{"n", 1}}), packet({{"n", 2}}), packet({{"n", 3}})));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"n":1,"a":1})", R"({"n":3,"a":3})"}),
               boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(result.failed[0].second == "a: instruction limit: 10000000 instructions");
}

BOOST_AUTO_TEST_CASE(what_does_not_compile_is_refused_at_its_place)
{
    BOOST_TEST(refusal(map_entry, {{"fields", {{"a", "1"}, {"b/c", "price ** 2"}}}}) ==
               "fields/b~1c: line 1, column 8: unexpected symbol near '*'; an expression of Lua "
               "was expected");
    BOOST_TEST(refusal(map_entry, {{"fields", {{"a", 1}}}}) ==
               "fields/a: is no text; an expression of Lua was expected");
    BOOST_TEST(refusal(map_entry, {{"fields", json::object()}}) ==
               "fields: has no members; names of fields with expressions were expected");
    BOOST_TEST(refusal(map_entry, {{"fields", {{"", "1"}}}}) ==
               "fields/: has no name; the name of a field was expected");
}

BOOST_AUTO_TEST_CASE(an_empty_packet_passes)
{
    BOOST_TEST(mapped({{"a", "1"}}, packet()) == R"({"a":1})");
}

BOOST_AUTO_TEST_SUITE_END()
