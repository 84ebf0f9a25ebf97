// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "search/search_directory.hpp"
#include "settings.hpp"

#include <boost/test/unit_test.hpp>

#include <exception>
#include <string>

using namespace penstock::search_tests;
namespace json = penstock::json;
using penstock::packet;

namespace
{

const json::object by_title{{"fields", json::array{"title", "text"}}};

void index_two(const json::object& parameters)
{
    (void)data_directory::index(
        packets(data_directory::document("1", {{"title", "stone"}, {"text", "water"}}),
                data_directory::document("2", {{"title", "water"}, {"text", "stone"}})),
        parameters);
}

std::string wrong(const penstock::component_entry& entry, json::object parameters)
{
    parameters["database"] = "test";
    const std::unique_ptr<penstock::component> made(entry.make());
    const auto problems = penstock::configure(*made, parameters);
    BOOST_REQUIRE(problems.size() == 1);
    return problems[0].name + ": " + problems[0].message + "; " + problems[0].expected;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(search_fields, data_directory)

BOOST_AUTO_TEST_CASE(a_word_in_a_weighty_field_counts_more)
{
    index_two(by_title);
    BOOST_TEST(found("water", {{"weights", {{"title", 10}}}}) == (strings{R"("2")", R"("1")"}),
               boost::test_tools::per_element());
    BOOST_TEST(found("water", {{"weights", {{"text", 10}}}}) == (strings{R"("1")", R"("2")"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(words_of_all_fields_are_found_together)
{
    index_two(by_title);
    BOOST_TEST(found("water stone").size() == 2);
    (void)index(packets(document("3", {{"title", "sand"}, {"other", json::array{"dune", 7}}})),
                by_title);
    BOOST_TEST(found("sand dune 7") == strings{R"("3")"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_document_that_changes_loses_its_words_in_each_column)
{
    index_two(by_title);
    (void)index(packets(document("1", {{"title", "sand"}})), by_title);
    BOOST_TEST(found("water") == strings{R"("2")"}, boost::test_tools::per_element());
    (void)index(packets(order_to_delete("2")), by_title);
    BOOST_TEST(found("water").empty());
    BOOST_TEST(found("sand").size() == 1);
}

BOOST_AUTO_TEST_CASE(a_weight_of_a_field_without_a_column_fails_the_question)
{
    index_two({});
    auto result = ask("water", {{"weights", {{"title", 10}}}});
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].second ==
               "weights: the index has no column of \"title\"; a field that fields of search/index "
               "names was expected");
    BOOST_TEST(found("water").size() == 2);
}

BOOST_AUTO_TEST_CASE(an_index_made_before_there_were_columns_still_opens)
{
    index_two({});
    search_package::connection database(directory.path("search/test.sqlite"),
                                        search_package::connection::use::reading);
    BOOST_TEST(search_package::version_of(database) == 1); // as it was made then
    BOOST_TEST(found("water").size() == 2);
    auto result = ask("water", {{"facets", json::array{"title"}}});
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].second ==
               "facets: the index has no values of \"title\"; a field that facets of search/index "
               "names was expected");
}

BOOST_AUTO_TEST_CASE(an_index_with_other_settings_is_made_anew_of_its_documents)
{
    index_two({});
    (void)index({}, {{"fields", json::array{"title"}}, {"facets", json::array{"text"}}});
    BOOST_TEST(found("water", {{"weights", {{"title", 10}}}}) == (strings{R"("2")", R"("1")"}),
               boost::test_tools::per_element());
    BOOST_TEST(found("water", {{"filters", {{"text", "stone"}}}}) == strings{R"("2")"},
               boost::test_tools::per_element());
    (void)index({}, {});
    BOOST_TEST(found("water").size() == 2);
    BOOST_TEST(ask("water", {{"weights", {{"title", 10}}}}).failed.size() == 1);
}

BOOST_AUTO_TEST_CASE(a_database_of_a_later_version_is_refused_in_words)
{
    index_two({});
    {
        search_package::connection database(directory.path("search/test.sqlite"),
                                            search_package::connection::use::writing);
        database.execute("PRAGMA user_version = 3");
    }
    const auto says_so = [](const std::exception& error)
    { return error.what() == std::string("database: has version 3; 1 or 2 was expected"); };
    BOOST_CHECK_EXCEPTION((void)ask("water"), std::exception, says_so);
    BOOST_CHECK_EXCEPTION((void)index({}), std::exception, says_so);
}

BOOST_AUTO_TEST_CASE(wrong_parameters_are_told)
{
    BOOST_TEST(wrong(index_entry, {{"fields", json::array{"a", "a"}}}) ==
               "fields: has \"a\" twice; each field once was expected");
    BOOST_TEST(wrong(index_entry, {{"facets", json::array{""}}}) ==
               "facets: has an empty name; names of fields were expected");
    BOOST_TEST(wrong(index_entry, {{"language", "klingon"}})
                   .starts_with("language: is \"klingon\"; one of arabic, "));
    BOOST_TEST(wrong(query_entry, {{"weights", {{"title", -1}}}}) ==
               "weights: has -1 for \"title\"; a number from 0 to 1000 was expected");
    BOOST_TEST(wrong(query_entry, {{"weights", {{"title", "much"}}}}) ==
               "weights: has \"much\" for \"title\"; a number from 0 to 1000 was expected");
    BOOST_TEST(wrong(query_entry, {{"offset", -1}}) ==
               "offset: is -1; a whole number from 0 to 10000, or a place as "
               "\"/meta/query_offset\", was expected");
    BOOST_TEST(wrong(query_entry, {{"filters", {{"kind", nullptr}}}}) ==
               "filters: has null for \"kind\"; a value, a list of 1 to 32 values, or a place as "
               "\"/meta/query_kind\" was expected");
    for (const char* place : {"/field/x", "/meta/", "/x"})
    {
        BOOST_TEST(wrong(index_entry, {{"id", place}}) ==
                   "id: has \"" + std::string(place) +
                       "\"; /meta/NAME, /fields/NAME or a NAME was expected");
        BOOST_TEST(wrong(query_entry, {{"text", place}}).starts_with("text: has "));
    }
    BOOST_TEST(wrong(query_entry, {{"filters", {{"kind", "/field/x"}}}}).starts_with("filters: "));
    BOOST_TEST(wrong(query_entry, {{"snippet_marks", json::array{"*"}}}) ==
               "snippet_marks: has 1 texts; two were expected");
}

BOOST_AUTO_TEST_SUITE_END()
