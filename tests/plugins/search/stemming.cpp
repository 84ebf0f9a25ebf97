// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "search/search_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

using namespace penstock::search_tests;
namespace json = penstock::json;
using penstock::packet;

namespace
{

struct stems : data_directory
{
    static void index_in(std::string_view language, std::string_view text)
    {
        (void)index(packets(document("1", {{"t", text}})), {{"language", language}});
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(search_stems, stems)

BOOST_AUTO_TEST_CASE(find_other_forms_of_a_word)
{
    index_in("english", "Running through the houses");
    for (const char* form : {"run", "runs", "running", "house", "HOUSES", "\"the house\""})
        BOOST_TEST(found(form).size() == 1U, form);
    BOOST_TEST(found("runner").empty());
}

BOOST_AUTO_TEST_CASE(are_those_of_the_language)
{
    index_in("german", "Die H\xc3\xa4user am Fluss");
    for (const char* form : {"haus", "h\xc3\xa4usern", "HAUSES", "fl\xc3\xbcsse"})
        BOOST_TEST(found(form).size() == 1U, form);
    index_in("ru", "\xd1\x80\xd1\x83\xd1\x81\xd1\x81\xd0\xba\xd0\xb8\xd0\xb9"); // russkij
    BOOST_TEST(found("\xd1\x80\xd1\x83\xd1\x81\xd1\x81\xd0\xba\xd0\xb0\xd1\x8f").size() == 1U);
}

BOOST_AUTO_TEST_CASE(leave_words_to_be_found_by_their_start)
{
    index_in("english", "Running through the houses");
    for (const char* start : {"runn*", "running*", "house*", "houses*", "thr*"})
        BOOST_TEST(found(start).size() == 1U, start);
    BOOST_TEST(found("runnex*").empty());
}

BOOST_AUTO_TEST_CASE(are_marked_in_snippets)
{
    index_in("english", "Running, he runs past houses");
    BOOST_TEST(ask("run house").out()[0].text("_snippet") ==
               "<mark>Running</mark>, he <mark>runs</mark> past <mark>houses</mark>");
    BOOST_TEST(ask("runn*").out()[0].text("_snippet") ==
               "<mark>Running</mark>, he runs past houses");
}

BOOST_AUTO_TEST_CASE(are_not_found_where_no_language_was_named)
{
    (void)index(packets(document("1", {{"t", "houses"}})));
    BOOST_TEST(found("house").empty());
}

BOOST_AUTO_TEST_CASE(come_and_go_with_the_parameter_whatever_was_indexed_before)
{
    (void)index(packets(document("1", {{"t", "houses"}})));
    (void)index(packets(document("2", {{"t", "house"}})), {{"language", "english"}});
    BOOST_TEST(found("house").size() == 2U);
    (void)index({}, {});
    BOOST_TEST(found("house") == strings{R"("2")"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(let_documents_change_and_go)
{
    index_in("english", "houses");
    index_in("english", "rivers");
    BOOST_TEST(found("house").empty());
    BOOST_TEST(found("houses").empty());
    BOOST_TEST(found("river").size() == 1U);
    (void)index(packets(order_to_delete("1")), {{"language", "english"}});
    BOOST_TEST(found("river").empty());
}

BOOST_AUTO_TEST_CASE(are_sought_in_any_text)
{
    index_in("english", std::string("\xff\xfe houses\0x \xcc\x81 ", 15) + std::string(5'000, 'y'));
    BOOST_TEST(found("house").size() == 1U);
    for (const char* typed : {"\xff", "\xcc\x81", "'s", "yyyyyyyy*"})
        BOOST_TEST(ask(typed).failed.empty());
}

BOOST_AUTO_TEST_SUITE_END()
