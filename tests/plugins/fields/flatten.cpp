// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "run_fields.hpp"

using fields_package::flatten_entry;
using fields_test::made;
namespace json = penstock::json;

BOOST_AUTO_TEST_SUITE(fields_flatten)

namespace
{

const json::object nest{{"direction", "nest"}};

json::object parsed(std::string_view text)
{
    return penstock::parse_json(text).as_object();
}

} // namespace

BOOST_AUTO_TEST_CASE(members_of_objects_become_fields)
{
    BOOST_TEST(made(flatten_entry, {}, parsed(R"({"a":{"b":1,"c":{"d":"x"}},"e":2})")) ==
               R"({"a.b":1,"a.c.d":"x","e":2})");
    BOOST_TEST(made(flatten_entry, {{"separator", "_"}}, parsed(R"({"a":{"b":1}})")) ==
               R"({"a_b":1})");
}

BOOST_AUTO_TEST_CASE(lists_and_empty_objects_stay)
{
    BOOST_TEST(
        made(flatten_entry, {}, parsed(R"({"a":{"b":[{"c":1}],"d":{}},"e":[{"f":1}],"g":{}})")) ==
        R"({"a.b":[{"c":1}],"a.d":{},"e":[{"f":1}],"g":{}})");
}

BOOST_AUTO_TEST_CASE(a_list_becomes_the_values_of_its_field)
{
    auto result =
        run_entry(flatten_entry, {},
                  penstock::testing::packets(penstock::packet(parsed(R"({"a":{"b":[1]}})"))));
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    BOOST_TEST(result.out()[0].is_multivalued("a.b"));
}

BOOST_AUTO_TEST_CASE(only_the_fields_that_are_named_are_taken_apart)
{
    BOOST_TEST(made(flatten_entry, {{"fields", {"a"}}}, parsed(R"({"a":{"b":1},"c":{"d":2}})")) ==
               R"({"a.b":1,"c":{"d":2}})");
}

BOOST_AUTO_TEST_CASE(fields_become_objects_again)
{
    BOOST_TEST(made(flatten_entry, nest, parsed(R"({"a.b":1,"a.c.d":"x","e":2})")) ==
               R"({"a":{"b":1,"c":{"d":"x"}},"e":2})");
    BOOST_TEST(made(flatten_entry, nest, parsed(R"({"a":{"b":1},"a.c":2})")) ==
               R"({"a":{"b":1,"c":2}})");
}

BOOST_AUTO_TEST_CASE(both_directions_undo_each_other)
{
    const std::string text = R"({"a":{"b":{"c":[1,2],"d":null}},"e":{"f":true}})";
    const std::string flat = made(flatten_entry, {}, parsed(text));
    BOOST_TEST(made(flatten_entry, nest, parsed(flat)) == text);
}

BOOST_AUTO_TEST_CASE(what_would_be_lost_fails)
{
    BOOST_TEST(
        made(flatten_entry, {}, parsed(R"({"a":{"b":1},"a.b":2})")) ==
        R"(field "a.b": is there twice, by itself and within "a"; one of them was expected)");
    BOOST_TEST(made(flatten_entry, {}, parsed(R"({"a":{"b":{"c":1},"b.c":2}})")) ==
               R"(field "a.b.c": is there twice; one of them was expected)");
    BOOST_TEST(made(flatten_entry, nest, parsed(R"({"a":1,"a.b":2})")) ==
               R"(field "a.b": is within "a", which is no object; an object was expected)");
    BOOST_TEST(
        made(flatten_entry, nest, parsed(R"({"a.b":1,"a.b.c":2})")).find("field \"a.b.c\"") == 0U);
}

BOOST_AUTO_TEST_CASE(an_order_to_delete_that_would_lose_something_stays_as_it_is)
{
    auto result = run_entry(flatten_entry, {},
                            penstock::testing::packets(fields_test::order_to_delete(
                                parsed(R"({"a":{"b":1},"c":{"d":1},"c.d":2})"))));
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    BOOST_TEST(penstock::write_json(result.out()[0].fields()) ==
               R"({"a":{"b":1},"c":{"d":1},"c.d":2})");
}

BOOST_AUTO_TEST_CASE(a_name_that_begins_with_the_separator_stays)
{
    BOOST_TEST(made(flatten_entry, nest, parsed(R"({".b":1,"a.b":2})")) ==
               R"({".b":1,"a":{"b":2}})");
}

BOOST_AUTO_TEST_SUITE_END()
