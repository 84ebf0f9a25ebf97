// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "run_fields.hpp"
#include "scratch_directory.hpp"

#include <fstream>

using fields_package::lookup_entry;
using fields_test::made;
namespace json = penstock::json;

BOOST_AUTO_TEST_SUITE(fields_lookup)

namespace
{

constexpr std::string_view countries =
    "code,name,capital\nde,Germany,Berlin\nfr,\"France, la\",Paris\n";

std::string look_up(std::string_view table, json::object fields, json::object parameters = {},
                    const std::string& name = "table.csv")
{
    const scratch_directory scratch;
    std::ofstream(scratch.path(name), std::ios::binary) << table;
    parameters["file"] = scratch.path(name);
    parameters.emplace("key", "code");
    parameters.emplace("field", "country");
    return made(lookup_entry, parameters, std::move(fields));
}

std::string refused(std::string_view table, json::object parameters = {},
                    const std::string& name = "table.csv")
{
    const scratch_directory scratch;
    std::ofstream(scratch.path(name), std::ios::binary) << table;
    parameters["file"] = scratch.path(name);
    parameters.emplace("key", "code");
    parameters.emplace("field", "country");
    std::string text = refusal(lookup_entry, parameters);
    if (const std::size_t place = text.find(name); place != std::string::npos)
        text.erase(0, place);
    return text;
}

} // namespace

BOOST_AUTO_TEST_CASE(columns_of_the_row_become_fields)
{
    BOOST_TEST(look_up(countries, {{"country", "fr"}}) ==
               R"({"capital":"Paris","country":"fr","name":"France, la"})");
    BOOST_TEST(look_up(countries, {{"country", "de"}}, {{"take", {"name"}}, {"prefix", "in_"}}) ==
               R"({"country":"de","in_name":"Germany"})");
}

BOOST_AUTO_TEST_CASE(a_value_without_a_row_gets_the_default_stays_or_fails)
{
    BOOST_TEST(look_up(countries, {{"country", "xx"}}) == R"({"country":"xx"})");
    BOOST_TEST(look_up(countries, {{"country", "xx"}}, {{"default", {{"name", "none"}}}}) ==
               R"({"country":"xx","name":"none"})");
    BOOST_TEST(
        look_up(countries, {{"country", "xx"}}, {{"on_failure", "fail"}}) ==
        "field \"country\": has a value that the table has no row for; a key of it was expected");
    BOOST_TEST(look_up(countries, {{"a", "xx"}}, {{"on_failure", "fail"}}) == R"({"a":"xx"})");
}

BOOST_AUTO_TEST_CASE(each_value_of_several_is_looked_up)
{
    BOOST_TEST(
        look_up(countries, {{"country", json::array{"fr", "xx", "de"}}}, {{"take", {"capital"}}}) ==
        R"({"capital":["Paris","Berlin"],"country":["fr","xx","de"]})");
}

BOOST_AUTO_TEST_CASE(case_can_be_ignored)
{
    BOOST_TEST(look_up("code,x\nÄ,1\n", {{"country", "ä"}}, {{"ignore_case", true}}) ==
               R"({"country":"ä","x":"1"})");
}

BOOST_AUTO_TEST_CASE(tables_of_json_keep_the_types_of_values)
{
    BOOST_TEST(look_up(R"([{"code":1,"n":[2,3],"o":{"p":null}}])", {{"country", 1}}, {},
                       "t.json") == R"({"country":1,"n":[2,3],"o":{"p":null}})");
    BOOST_TEST(look_up(R"({"de":{"n":1},"fr":2})", {{"country", "de"}}, {}, "t.json") ==
               R"({"country":"de","n":1})");
    BOOST_TEST(look_up(R"({"de":{"n":1},"fr":2})", {{"country", "fr"}}, {}, "t.json") ==
               R"({"country":"fr","value":2})");
}

BOOST_AUTO_TEST_CASE(other_delimiters_can_be_named)
{
    BOOST_TEST(look_up("code;x\nde;1,5\n", {{"country", "de"}}, {{"delimiter", ";"}}) ==
               R"({"country":"de","x":"1,5"})");
}

BOOST_AUTO_TEST_CASE(what_is_no_table_is_refused)
{
    BOOST_TEST(refused("") == "table.csv: is empty; a row with names of columns was expected");
    BOOST_TEST(refused("a,b\n") ==
               R"(table.csv: has no column "code"; one that rows are found by was expected)");
    BOOST_TEST(refused("code,b\n1,2\n3\n") == "table.csv: line 3: has 1 values; 2 were expected");
    BOOST_TEST(refused("5", {}, "t.json") ==
               "t.json: is no table; a list of objects, or an object, was expected");
    BOOST_TEST(refused(R"([{"a":1}])", {}, "t.json") ==
               R"(t.json: /0: has no "code"; an object with a key was expected)");
    BOOST_TEST(refused("code\n", {{"delimiter", "\""}}).find("is no delimiter") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_has_no_key_finds_no_row)
{
    BOOST_TEST(look_up("code,x\n,1\nde,2\n", {{"country", nullptr}}) == R"({"country":null})");
    BOOST_TEST(look_up("code,x\n,1\nde,2\n", {{"country", json::object{{"a", 1}}}}) ==
               R"({"country":{"a":1}})");
    BOOST_TEST(look_up("code,x\n,1\nde,2\n", {{"country", ""}}) == R"({"country":"","x":"1"})");
    BOOST_TEST(look_up(R"([{"code":"","x":1}])", {{"country", ""}}, {}, "t.json") ==
               R"({"country":"","x":1})");
}

BOOST_AUTO_TEST_CASE(the_key_of_an_object_of_rows_can_be_taken)
{
    BOOST_TEST(look_up(R"({"de":{"n":1},"fr":2})", {{"country", "de"}}, {{"take", {"code", "n"}}},
                       "t.json") == R"({"code":"de","country":"de","n":1})");
    BOOST_TEST(look_up(R"({"de":{"code":5}})", {{"country", "de"}}, {{"take", {"code"}}},
                       "t.json") == R"({"code":5,"country":"de"})");
}

BOOST_AUTO_TEST_SUITE_END()
