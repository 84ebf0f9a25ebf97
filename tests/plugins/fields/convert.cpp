// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "run_fields.hpp"

#include <limits>

using fields_package::convert_entry;
using fields_test::made;
namespace json = penstock::json;

BOOST_AUTO_TEST_SUITE(fields_convert)

namespace
{

std::string to(std::string_view type, json::value value, std::string_view on_failure = "keep")
{
    return made(convert_entry, {{"fields", {{"a", type}}}, {"on_failure", on_failure}},
                {{"a", std::move(value)}});
}

} // namespace

BOOST_AUTO_TEST_CASE(integers_are_whole_numbers_of_64_bits)
{
    BOOST_TEST(to("integer", " +42 ") == R"({"a":42})");
    BOOST_TEST(to("integer", "-9223372036854775808") == R"({"a":-9223372036854775808})");
    BOOST_TEST(to("integer", "18446744073709551615") == R"({"a":18446744073709551615})");
    BOOST_TEST(to("integer", 7.0) == R"({"a":7})");
    BOOST_TEST(to("integer", true) == R"({"a":1})");
    for (const std::string_view text :
         {"", " ", "1.5", "1e3", "0x10", "18446744073709551616", "+-1"})
        BOOST_TEST(to("integer", json::string(text), "remove") == "{}", text);
    BOOST_TEST(to("integer", 1.5, "remove") == "{}");
    BOOST_TEST(to("integer", 1e19, "remove") == "{}");
}

BOOST_AUTO_TEST_CASE(numbers_are_what_a_double_holds)
{
    BOOST_TEST(to("number", "1.5") == R"({"a":1.5})");
    BOOST_TEST(to("number", "-2e-1") == R"({"a":-0.2})");
    BOOST_TEST(to("number", "12") == R"({"a":12})");
    BOOST_TEST(to("number", "9007199254740993") == R"({"a":9007199254740993})");
    for (const std::string_view text : {"1,5", "inf", "nan", "1e999", "1.5 m"})
        BOOST_TEST(to("number", json::string(text), "remove") == "{}", text);
}

BOOST_AUTO_TEST_CASE(booleans_have_several_words)
{
    for (const json::value& value :
         {json::value("true"), json::value(" YES "), json::value("on"), json::value("1"),
          json::value(1), json::value(1.0), json::value(true)})
        BOOST_TEST(to("boolean", value) == R"({"a":true})");
    for (const json::value& value : {json::value("False"), json::value("no"), json::value("off"),
                                     json::value("0"), json::value(0), json::value(false)})
        BOOST_TEST(to("boolean", value) == R"({"a":false})");
    BOOST_TEST(to("boolean", "maybe", "remove") == "{}");
    BOOST_TEST(to("boolean", 2, "remove") == "{}");
}

BOOST_AUTO_TEST_CASE(texts_are_made_of_everything)
{
    BOOST_TEST(to("text", 5) == R"({"a":"5"})");
    BOOST_TEST(to("text", 0.5) == R"({"a":"0.5"})");
    BOOST_TEST(to("text", true) == R"({"a":"true"})");
    BOOST_TEST(to("text", json::object{{"b", json::array{1}}}) == R"({"a":"{\"b\":[1]}"})");
    BOOST_TEST(to("text", " x ") == R"({"a":" x "})");
    BOOST_TEST(to("text", std::numeric_limits<double>::infinity(), "remove") == "{}");
}

BOOST_AUTO_TEST_CASE(null_and_absent_fields_stay)
{
    BOOST_TEST(to("integer", nullptr, "fail") == R"({"a":null})");
    BOOST_TEST(made(convert_entry, {{"fields", {{"b", "integer"}}}}, {{"a", "x"}}) ==
               R"({"a":"x"})");
}

BOOST_AUTO_TEST_CASE(what_is_none_of_its_type_is_kept_removed_or_fails)
{
    const json::array values{"1", "x", "2"};
    BOOST_TEST(to("integer", values, "keep") == R"({"a":[1,"x",2]})");
    BOOST_TEST(to("integer", values, "remove") == R"({"a":[1,2]})");
    BOOST_TEST(to("integer", values, "fail") ==
               R"(field "a": has a string that is no integer; a value of that type was expected)");
}

BOOST_AUTO_TEST_CASE(mark_and_meta_of_a_field_stay)
{
    penstock::packet given({{"a", json::array{"1"}}});
    given.set_field_meta("a", "m", "k");
    auto result = run_entry(convert_entry, {{"fields", {{"a", "integer"}}}},
                            penstock::testing::packets(std::move(given)));
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    BOOST_TEST(result.out()[0].is_multivalued("a"));
    BOOST_TEST(result.out()[0].field_meta("a", "m") == "k");
}

BOOST_AUTO_TEST_CASE(an_order_to_delete_never_fails)
{
    auto result = run_entry(convert_entry, {{"fields", {{"a", "integer"}}}},
                            penstock::testing::packets(fields_test::order_to_delete({{"a", "x"}})));
    BOOST_TEST(result.out().size() == 1U);
}

BOOST_AUTO_TEST_CASE(types_are_checked)
{
    BOOST_TEST(
        refusal(convert_entry, {{"fields", {{"a", "date"}}}}).find("has \"a\" with no type") !=
        std::string::npos);
    BOOST_TEST(refusal(convert_entry, {{"fields", json::object()}}) != "none");
}

BOOST_AUTO_TEST_SUITE_END()
