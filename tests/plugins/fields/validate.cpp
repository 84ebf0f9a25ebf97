// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "run_fields.hpp"
#include "scratch_directory.hpp"

#include <fstream>

#include <sys/stat.h>

using fields_package::validate_entry;
using fields_test::made;
namespace json = penstock::json;

BOOST_AUTO_TEST_SUITE(fields_validate)

namespace
{

// What is wrong with fields; empty if they fit.
std::string wrong(std::string_view schema, std::string_view fields)
{
    const std::string found = made(validate_entry, {{"schema", penstock::parse_json(schema)}},
                                   penstock::parse_json(fields).as_object());
    return found.starts_with('{') ? "" : found.substr(0, found.find(';'));
}

// The same for a schema of the field `a`.
std::string wrong_a(std::string_view schema, std::string_view value)
{
    return wrong(R"({"properties":{"a":)" + std::string(schema) + "}}",
                 R"({"a":)" + std::string(value) + "}");
}

std::string refused(std::string_view schema)
{
    const std::string text = refusal(validate_entry, {{"schema", penstock::parse_json(schema)}});
    return text.substr(text.find(": ") + 2);
}

} // namespace

BOOST_AUTO_TEST_CASE(the_reason_names_pointer_and_keyword)
{
    BOOST_TEST(made(validate_entry, {{"schema", {{"required", {"title"}}}}}, {{"a", 1}}) ==
               R"(/: required: has no "title"; what fits the schema was expected)");
    BOOST_TEST(wrong(R"({"properties":{"a/b":{"items":{"minimum":0}}}})", R"({"a/b":[1,-1]})") ==
               "/a~1b/1: minimum: is less than 0");
}

BOOST_AUTO_TEST_CASE(types_are_told_apart)
{
    BOOST_TEST(wrong_a(R"({"type":"integer"})", "1.0") == "");
    BOOST_TEST(wrong_a(R"({"type":"integer"})", "1.5").starts_with("/a: type"));
    BOOST_TEST(wrong_a(R"({"type":["string","null"]})", "null") == "");
    BOOST_TEST(wrong_a(R"({"type":"object"})", "true").starts_with("/a: type"));
    BOOST_TEST(wrong_a("false", "1").starts_with("/a: is there"));
}

BOOST_AUTO_TEST_CASE(values_are_compared_as_json)
{
    BOOST_TEST(wrong_a(R"({"enum":[1,"x",{"b":1,"c":[2]}]})", R"({"c":[2.0],"b":1.0})") == "");
    BOOST_TEST(wrong_a(R"({"const":"1"})", "1").starts_with("/a: enum"));
    BOOST_TEST(wrong_a(R"({"uniqueItems":true})", "[1,true,\"1\"]") == "");
    BOOST_TEST(wrong_a(R"({"uniqueItems":true})", "[{\"a\":1,\"b\":2},{\"b\":2,\"a\":1.0}]")
                   .starts_with("/a: uniqueItems"));
}

BOOST_AUTO_TEST_CASE(numbers_have_bounds)
{
    BOOST_TEST(wrong_a(R"({"maximum":3,"exclusiveMinimum":1})", "3") == "");
    BOOST_TEST(wrong_a(R"({"exclusiveMinimum":1})", "1") ==
               "/a: exclusiveMinimum: is not more than 1");
    BOOST_TEST(wrong_a(R"({"exclusiveMaximum":1.5})", "1.5") ==
               "/a: exclusiveMaximum: is not less than 1.5");
    BOOST_TEST(wrong_a(R"({"multipleOf":0.0001})", "0.0075") == "");
    BOOST_TEST(wrong_a(R"({"multipleOf":0.0001})", "0.00751").starts_with("/a: multipleOf"));
    BOOST_TEST(wrong_a(R"({"minimum":5})", "\"x\"") == "");
}

BOOST_AUTO_TEST_CASE(integers_are_compared_as_integers)
{
    // 2^53 and its neighbour are one double.
    BOOST_TEST(wrong_a(R"({"maximum":9007199254740992})", "9007199254740993") ==
               "/a: maximum: is more than 9007199254740992");
    BOOST_TEST(wrong_a(R"({"minimum":-9007199254740992})", "-9007199254740993") ==
               "/a: minimum: is less than -9007199254740992");
    BOOST_TEST(wrong_a(R"({"exclusiveMinimum":9007199254740992})", "9007199254740993") == "");
    BOOST_TEST(wrong_a(R"({"exclusiveMaximum":9007199254740993})", "9007199254740992") == "");
    BOOST_TEST(wrong_a(R"({"maximum":18446744073709551614})", "18446744073709551615") ==
               "/a: maximum: is more than 18446744073709551614");
    BOOST_TEST(wrong_a(R"({"minimum":-1,"maximum":18446744073709551615})", "9223372036854775808") ==
               "");
    BOOST_TEST(wrong_a(R"({"minimum":1.5})", "1").starts_with("/a: minimum"));
    BOOST_TEST(wrong_a(R"({"maximum":1e300})", "18446744073709551615") == "");
}

BOOST_AUTO_TEST_CASE(multiples_of_whole_numbers_are_exact)
{
    BOOST_TEST(wrong_a(R"({"multipleOf":2})", "9007199254740993").starts_with("/a: multipleOf"));
    BOOST_TEST(
        wrong_a(R"({"multipleOf":10})", "18446744073709551615").starts_with("/a: multipleOf"));
    BOOST_TEST(wrong_a(R"({"multipleOf":3})", "-9007199254740993") == "");
    BOOST_TEST(wrong_a(R"({"multipleOf":2.0})", "4.0") == "");
    BOOST_TEST(wrong_a(R"({"multipleOf":7})", "1e15").starts_with("/a: multipleOf"));
    BOOST_TEST(wrong_a(R"({"multipleOf":7})", "1e300").starts_with("/a: multipleOf"));
    BOOST_TEST(wrong_a(R"({"multipleOf":1.5})", "2000000000000002").starts_with("/a: multipleOf"));
}

BOOST_AUTO_TEST_CASE(texts_are_counted_in_characters)
{
    BOOST_TEST(wrong_a(R"({"maxLength":2})", "\"äö\"") == "");
    BOOST_TEST(wrong_a(R"({"minLength":2})", "\"💩\"") == "/a: minLength: has 1");
}

BOOST_AUTO_TEST_CASE(patterns_match_a_part_in_linear_time)
{
    BOOST_TEST(wrong_a(R"({"pattern":"b\\u00e4r"})", "\"ein bär\"") == "");
    BOOST_TEST(wrong_a(R"({"pattern":"^b"})", "\"ab\"") == "/a: pattern: does not match ^b");
    BOOST_TEST(wrong_a(R"re({"pattern":"^(a+)+$"})re", "\"" + std::string(100'000, 'a') + "!\"")
                   .starts_with("/a: pattern"));
    BOOST_TEST(refused(R"re({"pattern":"(?=a)"})re").find("/pattern: is no expression") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(lists_and_their_items)
{
    BOOST_TEST(wrong_a(R"({"items":[{"type":"string"}],"additionalItems":false})", R"(["x"])") ==
               "");
    BOOST_TEST(wrong_a(R"({"items":[{"type":"string"}],"additionalItems":false})", R"(["x",1])") ==
               "/a/1: is there");
    BOOST_TEST(wrong_a(R"({"contains":{"const":2}})", "[1,3]").starts_with("/a: contains"));
    BOOST_TEST(wrong_a(R"({"minItems":1})", "[]") == "/a: minItems: has 0");
}

BOOST_AUTO_TEST_CASE(objects_and_their_members)
{
    const std::string schema =
        R"({"properties":{"b":{}},"patternProperties":{"^x":{"type":"integer"}},)"
        R"("additionalProperties":false})";
    BOOST_TEST(wrong_a(schema, R"({"b":"s","x1":5})") == "");
    BOOST_TEST(wrong_a(schema, R"({"x1":"s"})").starts_with("/a/x1: type"));
    BOOST_TEST(wrong_a(schema, R"({"c":1})") ==
               R"(/a: additionalProperties: has "c", which the schema does not name)");
    BOOST_TEST(wrong_a(R"({"propertyNames":{"maxLength":1}})", R"({"cc":1})")
                   .starts_with("/a: propertyNames"));
    BOOST_TEST(
        wrong_a(R"({"dependencies":{"b":["c"]}})", R"({"b":1})").starts_with("/a: dependencies"));
    BOOST_TEST(wrong_a(R"({"dependencies":{"b":{"required":["c"]}}})", R"({"b":1})")
                   .starts_with("/a: required"));
    BOOST_TEST(
        wrong_a(R"({"maxProperties":1})", R"({"b":1,"c":2})").starts_with("/a: maxProperties"));
}

BOOST_AUTO_TEST_CASE(schemas_are_combined)
{
    BOOST_TEST(wrong_a(R"({"allOf":[{"minimum":1},{"maximum":2}]})", "3") ==
               "/a: maximum: is more than 2");
    BOOST_TEST(
        wrong_a(R"({"anyOf":[{"type":"string"},{"minimum":2}]})", "1").starts_with("/a: anyOf"));
    BOOST_TEST(wrong_a(R"({"oneOf":[{"minimum":1},{"minimum":2}]})", "3") ==
               "/a: oneOf: fits 2 of the schemas");
    BOOST_TEST(wrong_a(R"({"not":{"type":"string"}})", "\"x\"").starts_with("/a: not"));
    const std::string branches =
        R"({"if":{"type":"string"},"then":{"minLength":2},"else":{"minimum":2}})";
    BOOST_TEST(wrong_a(branches, "\"x\"").starts_with("/a: minLength"));
    BOOST_TEST(wrong_a(branches, "1").starts_with("/a: minimum"));
    BOOST_TEST(wrong_a(branches, "2") == "");
}

BOOST_AUTO_TEST_CASE(references_stay_within_the_document)
{
    const std::string tree =
        R"({"definitions":{"node":{"type":"object","properties":{"n":{"type":"integer"},)"
        R"("next":{"$ref":"#/definitions/node"}}}},"properties":{"a":{"$ref":"#/definitions/node"}}})";
    BOOST_TEST(wrong(tree, R"({"a":{"n":1,"next":{"n":2}}})") == "");
    BOOST_TEST(wrong(tree, R"({"a":{"n":1,"next":{"n":"x"}}})").starts_with("/a/next/n: type"));
    BOOST_TEST(
        wrong(
            R"({"definitions":{"b":{"$id":"#b","type":"null"}},"properties":{"a":{"$ref":"#b"}}})",
            R"({"a":1})")
            .starts_with("/a: type"));
    BOOST_TEST(
        refused(R"({"$ref":"http://x.org/schema"})")
            .find(R"(/$ref: is "http://x.org/schema"; a schema of this document was expected)") !=
        std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_schema_without_end_is_refused)
{
    const auto is_circle = [](std::string_view schema)
    { return refused(schema).find("leads back to itself") != std::string::npos; };
    BOOST_TEST(is_circle(R"({"$ref":"#"})"));
    BOOST_TEST(is_circle(R"({"allOf":[{"$ref":"#"}]})"));
    BOOST_TEST(is_circle(R"({"anyOf":[{"allOf":[{"$ref":"#"},{"$ref":"#"}]},{"$ref":"#"}]})"));
    BOOST_TEST(is_circle(R"({"properties":{"a":{"not":{"$ref":"#/properties/a"}}}})"));
    BOOST_TEST(is_circle(R"({"dependencies":{"a":{"$ref":"#"}}})"));
    BOOST_TEST(is_circle(R"({"if":{"$ref":"#"}})"));
    BOOST_TEST(
        is_circle(R"({"definitions":{"a":{"$ref":"#/definitions/b"},)"
                  R"("b":{"oneOf":[{"$ref":"#/definitions/a"}]}},"$ref":"#/definitions/a"})"));
    const json::value tree =
        penstock::parse_json(R"({"properties":{"a":{"$ref":"#"}},"items":{"$ref":"#"}})");
    BOOST_TEST(refusal(validate_entry, {{"schema", tree}}) == "none");
}

BOOST_AUTO_TEST_CASE(a_check_that_takes_long_ends)
{
    // Each level of the value doubles the steps.
    const std::string schema = R"({"properties":{"a":{"allOf":[{"$ref":"#"},{"$ref":"#"}]}}})";
    std::string deep = "1";
    for (int n = 0; n < 40; ++n)
        deep = R"({"a":)" + deep + "}";
    BOOST_TEST(wrong(schema, deep) == "takes more than 10000000 steps");
}

BOOST_AUTO_TEST_CASE(a_check_of_much_leaves_the_lane)
{
    // More than the lane does, and less than is too much.
    std::string list = "[0";
    for (int n = 1; n < 20'000; ++n)
        list += "," + std::to_string(n);
    const std::string schema =
        R"({"items":{"type":"integer"},"uniqueItems":true,"contains":{"const":19999}})";
    BOOST_TEST(wrong_a(schema, list + "]") == "");
    BOOST_TEST(wrong_a(schema, list + ",7]").starts_with("/a: uniqueItems"));
    const std::string text(1'000'000, 'a');
    BOOST_TEST(wrong_a(R"({"pattern":"^a*$","enum":[")" + text + "\"]}", "\"" + text + "\"") == "");
}

BOOST_AUTO_TEST_CASE(values_may_be_nested_as_deep_as_json)
{
    std::string deep = "1";
    for (int n = 0; n < 60; ++n)
        deep = R"({"a":)" + deep + "}";
    BOOST_TEST(wrong(R"({"properties":{"a":{"anyOf":[{"$ref":"#"}]}}})", deep) == "");
}

BOOST_AUTO_TEST_CASE(a_format_only_annotates)
{
    BOOST_TEST(wrong_a(R"({"format":"date-time"})", "\"never\"") == "");
}

BOOST_AUTO_TEST_CASE(a_schema_can_be_in_a_file)
{
    const scratch_directory scratch;
    const std::string file = scratch.path("schema.json");
    std::ofstream(file) << R"({"required":["b"]})";
    BOOST_TEST(
        made(validate_entry, {{"schema_file", file}}, {{"a", 1}}).starts_with("/: required"));
    std::ofstream(file) << "{";
    BOOST_TEST(refusal(validate_entry, {{"schema_file", file}}) != "none");
    BOOST_TEST(refusal(validate_entry, {{"schema_file", file + "x"}}).find("cannot be read") !=
               std::string::npos);
    BOOST_TEST(refusal(validate_entry, {}).find("is empty") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_no_regular_file_holds_no_schema)
{
    const scratch_directory scratch;
    const std::string pipe = scratch.path("pipe");
    BOOST_REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    for (const std::string& path : {pipe, scratch.path("")})
        BOOST_TEST(refusal(validate_entry, {{"schema_file", path}}).find("is no regular file") !=
                   std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_order_to_delete_is_not_checked)
{
    auto result = run_entry(validate_entry, {{"schema", {{"required", {"title"}}}}},
                            penstock::testing::packets(fields_test::order_to_delete({{"a", 1}})));
    BOOST_TEST(result.out().size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_is_no_schema_is_refused_with_its_place)
{
    BOOST_TEST(
        refused(R"({"properties":{"a":{"type":"text"}}})").find("/properties/a/type: is no type") !=
        std::string::npos);
    BOOST_TEST(refused(R"({"minLength":-1})").find("/minLength: is no count") != std::string::npos);
    BOOST_TEST(refused(R"({"items":5})").find("/items: is no schema") != std::string::npos);
    BOOST_TEST(refused(R"({"required":"a"})").find("/required: is no list") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
