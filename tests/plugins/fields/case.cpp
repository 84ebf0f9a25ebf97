// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "run_fields.hpp"

using fields_package::case_entry;
using fields_test::made;
namespace json = penstock::json;

BOOST_AUTO_TEST_SUITE(fields_case)

namespace
{

std::string text(std::string_view given, const json::object& parameters)
{
    json::object all = parameters;
    all["fields"] = {"a"};
    const std::string fields = made(case_entry, all, {{"a", given}});
    return fields.substr(6, fields.size() - 8); // {"a":"…"}
}

} // namespace

BOOST_AUTO_TEST_CASE(letters_of_any_language_change)
{
    BOOST_TEST(text("ÄÖ Straße ΣΊΣΥΦΟΣ", {}) == "äö straße σίσυφος");
    BOOST_TEST(text("äö straße", {{"to", "upper"}}) == "ÄÖ STRASSE");
}

BOOST_AUTO_TEST_CASE(a_title_has_capitals_at_the_begin_of_words)
{
    BOOST_TEST(text("the WORLD's end, élan", {{"to", "title"}}) == "The World's End, Élan");
}

BOOST_AUTO_TEST_CASE(a_language_has_its_rules)
{
    BOOST_TEST(text("Iİ", {{"language", "tr"}}) == "ıi");
    BOOST_TEST(text("ijs", {{"to", "title"}, {"language", "nl"}}) == "IJs");
}

BOOST_AUTO_TEST_CASE(each_value_changes_and_others_stay)
{
    BOOST_TEST(
        made(case_entry, {{"fields", {"a", "b", "absent"}}},
             {{"a", json::array{"X", 5, nullptr}}, {"b", json::object{{"C", "D"}}}, {"e", "F"}}) ==
        R"({"a":["x",5,null],"b":{"C":"D"},"e":"F"})");
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_letters_are_replaced)
{
    BOOST_TEST(text("A\xff", {}) == "a\xef\xbf\xbd");
}

BOOST_AUTO_TEST_SUITE_END()
