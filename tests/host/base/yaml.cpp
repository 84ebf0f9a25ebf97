// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/yaml.hpp"

#include "host/base/file_syntax.hpp"
#include "host/base/yaml_scalar.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>

namespace penstock::host
{

namespace
{

std::string refusal(const std::string& text)
{
    try
    {
        return "no refusal of " + yaml_as_json(text);
    }
    catch (const json_error& error)
    {
        return error.what();
    }
}

bool has(const std::string& text, std::string_view part)
{
    return text.find(part) != text.npos;
}

/// Nine levels of ten aliases each.
std::string billion()
{
    std::string text = "l0: &l0 [lol]\n";
    for (int level = 1; level < 10; ++level)
    {
        const std::string before = "*l" + std::to_string(level - 1);
        text += 'l' + std::to_string(level) + ": &l" + std::to_string(level) + " [" + before;
        for (int i = 0; i < 9; ++i)
            text += ", " + before;
        text += "]\n";
    }
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(yaml)

BOOST_AUTO_TEST_CASE(is_the_same_value_as_json)
{
    BOOST_TEST(
        yaml_as_json("a:\n  - 1\n  - {b: [x, 'y'], c: }\n\"d\": |\n  two\n  lines\n# end\n") ==
        R"({"a":[1,{"b":["x","y"],"c":null}],"d":"two\nlines\n"})");
    BOOST_TEST(yaml_as_json("\xef\xbb\xbf%YAML 1.2\n---\n- ü\n...\n") == "[\"ü\"]");
    BOOST_TEST(yaml_as_json(R"({"a": [1, "x\u00e9\/", {}], "b": []})") ==
               R"({"a":[1,"xé/",{}],"b":[]})");
    BOOST_TEST(yaml_as_json("text") == "\"text\"");
}

BOOST_AUTO_TEST_CASE(takes_words_and_numbers_with_zeros_for_texts)
{
    for (const std::string each :
         {"no",   "on",    "yes",        "off",  "y",    "0123", "-007",
          "00.5", "1_000", "12:30",      "1e",   "+",    "-",    ".",
          "0x",   "0b1",   "2026-12-01", "nULL", "tRUE", "=",    "0xfffffffffffffffff"})
        BOOST_TEST(yaml_as_json("[" + each + "]") == "[\"" + each + "\"]");
    BOOST_TEST(yaml_as_json("['1', \"true\", '', 'null']") == R"(["1","true","","null"])");
}

BOOST_AUTO_TEST_CASE(has_the_numbers_of_the_core_schema)
{
    for (const auto& [written, meant] :
         {std::pair("0", "0"),
          {"-0", "-0"},
          {"+12", "12"},
          {"0x1F", "31"},
          {"0o17", "15"},
          {".5", "0.5"},
          {"-.5e+3", "-0.5e3"},
          {"1.", "1.0"},
          {"1E-2", "1e-2"},
          {"1.10", "1.10"},
          {"123456789012345678901234567890", "123456789012345678901234567890"},
          {"0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"},
          {"~", "null"},
          {"Null", "null"},
          {"TRUE", "true"},
          {"False", "false"}})
        BOOST_TEST(yaml_as_json(written) == meant);
    for (const char* each : {".inf", "-.Inf", "+.INF", ".nan"})
        BOOST_TEST(has(refusal(each), "a number that JSON has, or a text in quotes, was expected"),
                   each);
    BOOST_TEST(has(refusal("a:\n  b: 1e999"), "line 2, column 6: "), refusal("a:\n  b: 1e999"));
}

BOOST_AUTO_TEST_CASE(tells_line_and_column_of_what_is_wrong)
{
    BOOST_TEST(refusal("") == "line 1, column 1: is empty; a value was expected");
    BOOST_TEST(has(refusal("a: 1\nb: [1, 2\nc: 3\n"), "line 3, column "),
               refusal("a: 1\nb: [1, 2\nc: 3\n"));
    BOOST_TEST(has(refusal("é: 1\n\tb: 2\n"), "; YAML 1.2 was expected"),
               refusal("é: 1\n\tb: 2\n"));
    BOOST_TEST(refusal("a: 1\n---\nb: 2\n") ==
               "line 2, column 1: is the begin of a second document; one was expected");
    BOOST_TEST(refusal("é: !!int '1'") ==
               "line 1, column 4: has the tag \"tag:yaml.org,2002:int\"; no tag was expected");
    BOOST_TEST(has(refusal("a: !own {}"), "no tag was expected"));
    BOOST_TEST(has(refusal("a: !own []"), "no tag was expected"));
    BOOST_TEST(refusal("a:\n  b: 1\n  b: 2\n") ==
               "line 3, column 3: the key \"b\" stands here twice; each key once was expected");
    BOOST_TEST(has(refusal("{1: a, '1': b}"), "stands here twice"));
    BOOST_TEST(has(refusal("[a]: 1"), "a key is a list; a text was expected"));
    BOOST_TEST(has(refusal("? {a: 1}\n: 1"), "a key is an object; a text was expected"));
    BOOST_TEST(has(refusal("~: 1"), "a key is null; a text was expected"));
    BOOST_TEST(has(refusal("a: &a {x: 1}\nb:\n  <<: *a\n"), "line 3, column 3: is a merge key"));
    BOOST_TEST(refusal("a: \"\x04\"") ==
               "line 1, column 5: has a control character; a printable one was expected");
    BOOST_TEST(has(refusal("a: \xff"), "line 1, column 4: has a byte that is no UTF-8"));
    BOOST_TEST(has(refusal(std::string("\0a", 2)), "has a control character"));
}

BOOST_AUTO_TEST_CASE(repeats_what_an_alias_stands_for)
{
    BOOST_TEST(yaml_as_json("a: &a {x: [1, &t text]}\nb: *a\nc: [*t, *a]\n") ==
               R"({"a":{"x":[1,"text"]},"b":{"x":[1,"text"]},"c":["text",{"x":[1,"text"]}]})");
    BOOST_TEST(has(refusal("a: *nothing"), "line 1, column 4: "), refusal("a: *nothing"));
    BOOST_TEST(refusal("a: &a [*a]") ==
               "line 1, column 8: an alias stands within what it stands for; a value was expected");
    BOOST_TEST(has(refusal("a: &a x\n*a : 1"), "a key is an alias; a text was expected"));
}

BOOST_AUTO_TEST_CASE(is_bounded_in_length_and_depth)
{
    BOOST_TEST(has(refusal(billion()), "aliases make too long a document; at most 4194304 bytes"),
               refusal(billion()));
    const auto nested = [](std::size_t depth)
    { return std::string(depth, '[') + std::string(depth, ']'); };
    BOOST_TEST(yaml_as_json(nested(64)) == nested(64));
    BOOST_TEST(has(refusal(nested(65)), "is nested too deep; at most 64 levels were expected"));
    BOOST_TEST(has(refusal(std::string(100'000, '[')), "; "), refusal(std::string(100'000, '[')));
    BOOST_TEST(has(refusal("a: &a " + nested(40) + "\nb: &b [" + nested(20) + ", *a]\nc: [[" +
                           std::string(22, '[') + "*b" + std::string(22, ']') + "]]"),
                   "is nested too deep"));
}

BOOST_AUTO_TEST_CASE(is_known_by_the_name_of_a_file_or_its_media_type)
{
    BOOST_TEST((syntax_of("a/b.yaml") == file_syntax::yaml));
    BOOST_TEST((syntax_of("b.yml") == file_syntax::yaml));
    BOOST_TEST((syntax_of("yaml/b.json") == file_syntax::json));
    BOOST_TEST((syntax_of("yaml") == file_syntax::json));
    BOOST_TEST((syntax_of_media_type("application/yaml") == file_syntax::yaml));
    BOOST_TEST((syntax_of_media_type("Application/YAML ; charset=utf-8") == file_syntax::yaml));
    BOOST_TEST((syntax_of_media_type("application/json") == file_syntax::json));
    BOOST_TEST((syntax_of_media_type("") == file_syntax::json));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
