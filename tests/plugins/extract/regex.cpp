// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "run_extract.hpp"

using extract_package::regex_entry;

BOOST_AUTO_TEST_SUITE(extract_regex)

BOOST_AUTO_TEST_CASE(groups_of_the_first_match_become_fields)
{
    const packet out = run_one(regex_entry, {{"pattern", R"((?P<key>\w+)=(?P<value>\d+))"}},
                               packet({{"text", "a=1 b=2"}}));
    BOOST_TEST(sorted_fields(out) == R"({"key":"a","text":"a=1 b=2","value":"1"})");
    BOOST_TEST(!out.is_multivalued("key"));
}

BOOST_AUTO_TEST_CASE(groups_of_all_matches_are_multivalued)
{
    const json::object parameters{{"pattern", R"((?P<key>\w)=(?P<value>\d)?)"}, {"matches", "all"}};
    packet out = run_one(regex_entry, parameters, packet({{"text", json::array{"a=1 b=", "c=3"}}}));
    BOOST_TEST(sorted_fields(out) ==
               R"({"key":["a","b","c"],"text":["a=1 b=","c=3"],"value":["1","3"]})");
    out = run_one(regex_entry, parameters, packet({{"text", "a=1"}}));
    BOOST_TEST(out.is_multivalued("key"));
}

BOOST_AUTO_TEST_CASE(a_packet_without_a_match_goes_on_or_fails)
{
    const json::object parameters{{"pattern", "(?P<n>[0-9])"}};
    const packet out = run_one(regex_entry, parameters, packet({{"text", "x"}, {"n", "kept"}}));
    BOOST_TEST(out.get("n") == "kept");
    auto result = run_entry(regex_entry, {{"pattern", "(?P<n>[0-9])"}, {"on_failure", "fail"}},
                            packets(packet({{"text", "x"}}), packet({{"text", "1"}})));
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second ==
               R"(field "text": does not match; a text that the pattern matches was expected)");
    BOOST_TEST(result.out().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_match_of_nothing_is_none)
{
    BOOST_TEST(found_in(regex_entry, "n", "baab", {{"pattern", "(?P<n>a*)"}, {"matches", "all"}}) ==
               R"(["aa"])");
}

BOOST_AUTO_TEST_CASE(letters_of_any_language_and_bytes_that_are_none_are_ordinary)
{
    BOOST_TEST(found_in(regex_entry, "n", "größe", {{"pattern", "(?P<n>[ö-ü]ß.)"}}) == R"("öße")");
    BOOST_TEST(found_in(regex_entry, "n", "\xff\xfe z", {{"pattern", "(?P<n>z)"}}) == R"("z")");
}

BOOST_AUTO_TEST_CASE(what_makes_others_hang_takes_no_time)
{
    BOOST_TEST(found_in(regex_entry, "n", std::string(200'000, 'a'),
                        {{"pattern", "^(?P<n>(a|a|aa)*)b"}}) == "null");
}

BOOST_AUTO_TEST_CASE(a_pattern_is_checked)
{
    BOOST_TEST(refusal(regex_entry, {{"pattern", "("}}).find("is no expression: missing )") !=
               std::string::npos);
    BOOST_TEST(refusal(regex_entry, {{"pattern", "(a)"}}).find("has no named group") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_order_to_delete_goes_on_without_a_match)
{
    packet order({{"text", "x"}});
    order.set_meta("requestmethod", "DELETE");
    const packet out = run_one(regex_entry, {{"pattern", "(?P<n>[0-9])"}, {"on_failure", "fail"}},
                               std::move(order));
    BOOST_TEST(!out.has("n"));
}

BOOST_AUTO_TEST_SUITE_END()
