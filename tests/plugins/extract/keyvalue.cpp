// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "run_extract.hpp"

#include <chrono>

using extract_package::keyvalue_entry;

BOOST_AUTO_TEST_SUITE(extract_keyvalue)

namespace
{

std::string fields(std::string_view text, const json::object& parameters = {})
{
    packet out = run_one(keyvalue_entry, parameters, packet({{"text", text}}));
    out.erase("text");
    return sorted_fields(out);
}

} // namespace

BOOST_AUTO_TEST_CASE(each_key_becomes_a_field)
{
    BOOST_TEST(fields("level=info  size=\"2 MB\" user='ann b' empty= x") ==
               R"({"empty":"","level":"info","size":"2 MB","user":"ann b"})");
}

BOOST_AUTO_TEST_CASE(a_key_that_comes_again_has_several_values)
{
    BOOST_TEST(fields("a=1 a=2 b=3") == R"({"a":["1","2"],"b":"3"})");
}

BOOST_AUTO_TEST_CASE(a_backslash_in_quotes_takes_the_next_byte)
{
    BOOST_TEST(fields(R"(a="x \"y\" \\" b=\z)") == R"({"a":"x \"y\" \\","b":"\\z"})");
}

BOOST_AUTO_TEST_CASE(a_quote_that_nothing_ends_is_an_ordinary_byte)
{
    BOOST_TEST(fields(R"(a="x b=1 c='y)") == R"({"a":"\"x","b":"1","c":"'y"})");
}

BOOST_AUTO_TEST_CASE(separators_can_be_named)
{
    BOOST_TEST(fields("a: 1; b: 2", {{"assign", ": "}, {"between", ";"}}) ==
               R"({" b":"2","a":"1"})");
    BOOST_TEST(fields("a=1&b=x=y", {{"between", "&"}}) == R"({"a":"1","b":"x=y"})");
}

BOOST_AUTO_TEST_CASE(only_the_keys_that_are_named_are_taken)
{
    BOOST_TEST(fields("a=1 b=2 c=3", {{"keys", {"a", "c"}}, {"prefix", "log."}}) ==
               R"({"log.a":"1","log.c":"3"})");
}

BOOST_AUTO_TEST_CASE(no_more_pairs_than_the_most_are_taken)
{
    BOOST_TEST(fields("a=1 b=2 c=3", {{"most", 2}}) == R"({"a":"1","b":"2"})");
}

BOOST_AUTO_TEST_CASE(a_text_without_pairs_adds_nothing)
{
    BOOST_TEST(fields("=x y = z =") == "{}");
}

BOOST_AUTO_TEST_CASE(quotes_without_end_take_no_longer)
{
    std::string text;
    for (int n = 0; n < 200'000; ++n)
        text += R"(a\" )";
    const packet out = run_one(keyvalue_entry, {{"assign", "\\"}, {"most", 1}, {"keys", {"z"}}},
                               packet({{"text", text}}));
    BOOST_TEST(!out.has("a"));
}

BOOST_AUTO_TEST_CASE(separators_are_checked)
{
    BOOST_CHECK_THROW((void)run_entry(keyvalue_entry, {{"assign", ""}}, {}),
                      penstock::parameter_error);
    BOOST_CHECK_THROW((void)run_entry(keyvalue_entry, {{"between", "="}}, {}),
                      penstock::parameter_error);
}

BOOST_AUTO_TEST_CASE(many_pairs_within_one_word_take_no_longer)
{
    std::string text;
    for (int n = 0; n < 200'000; ++n)
        text += R"(a="")";
    const auto begin = std::chrono::steady_clock::now();
    const packet out = run_one(keyvalue_entry, {{"keys", {"x"}}}, packet({{"text", text + "x=1"}}));
    BOOST_TEST(out.get("x") == "1");
    const auto took = std::chrono::steady_clock::now() - begin;
    BOOST_TEST((took < std::chrono::seconds(5)), took / std::chrono::milliseconds(1) << " ms");
}

BOOST_AUTO_TEST_SUITE_END()
