// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "reader.hpp"
#include "run_entry.hpp"
#include "scratch_directory.hpp"
#include "search/search_directory.hpp"
#include "words.hpp"
#include "writer.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>

using namespace penstock::search_tests;
using penstock::packet;
using search_package::match_expression;
using search_package::terms_of;

BOOST_FIXTURE_TEST_SUITE(search_query, data_directory)

BOOST_AUTO_TEST_CASE(nothing_is_found_before_anything_was_indexed)
{
    auto result = ask("water");
    BOOST_TEST(result.out().empty());
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(nothing_is_found_in_a_file_that_has_no_tables_yet)
{
    std::filesystem::create_directory(directory.path("search"));
    std::ofstream(directory.path("search/test.sqlite")).close();
    auto result = ask("water");
    BOOST_TEST(result.out().empty());
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(all_words_must_occur_in_any_order_and_case)
{
    (void)index(packets(document("1", {{"t", "the quick brown fox"}}),
                        document("2", {{"t", "the slow brown bear"}})));
    BOOST_TEST(found("BROWN quick") == (strings{R"("1")"}), boost::test_tools::per_element());
    BOOST_TEST(found("brown").size() == 2);
    BOOST_TEST(found("quick bear").empty());
}

BOOST_AUTO_TEST_CASE(quoted_words_must_stand_in_that_order)
{
    (void)index(packets(document("1", {{"t", "brown quick fox"}}),
                        document("2", {{"t", "quick brown fox"}})));
    BOOST_TEST(found("\"quick brown\"") == (strings{R"("2")"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_star_finds_starts)
{
    (void)index(packets(document("1", {{"t", "waterfall"}})));
    BOOST_TEST(found("water").empty());
    BOOST_TEST(found("water*").size() == 1);
}

BOOST_AUTO_TEST_CASE(marks_on_letters_do_not_matter)
{
    (void)index(packets(document("1", {{"t", "caf\xc3\xa9"}})));
    BOOST_TEST(found("cafe").size() == 1);
    BOOST_TEST(found("CAF\xc3\x89").size() == 1);
}

BOOST_AUTO_TEST_CASE(nothing_that_is_typed_is_an_error)
{
    (void)index(packets(document("1", {{"t", "and or not near a b"}})));
    for (const char* typed : {"\"",
                              "\"\"",
                              "*",
                              "**",
                              "(",
                              ")",
                              "a AND",
                              "OR",
                              "NOT a",
                              "a NEAR b",
                              "NEAR(a b, 2)",
                              "t:a",
                              "^a",
                              "{a b}",
                              "a + b",
                              "-a",
                              "a\" b",
                              "\"a",
                              "'; DROP TABLE documents; --",
                              "\\",
                              "!!! ???",
                              "a,b",
                              "\xff\xfe",
                              "\xe2\x82\xac",
                              "a*b*",
                              "\"a\"*"})
    {
        auto result = ask(typed);
        BOOST_TEST(result.failed.empty(), typed);
    }
    BOOST_TEST(found("or").size() == 1);
    BOOST_TEST(found("a, (b)!").size() == 1);
    BOOST_TEST(found(std::string(100'000, 'x')).empty());
    std::string many;
    for (int n = 0; n < 5000; ++n)
        many += "a \"b\" ";
    BOOST_TEST(found(many).size() == 1);
}

BOOST_AUTO_TEST_CASE(the_best_come_first_up_to_the_limit)
{
    (void)index(packets(document("1", {{"t", "water and much else that is not about it at all"}}),
                        document("2", {{"t", "water"}}), document("3", {{"t", "stone"}})));
    auto result = ask("water");
    BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("2")", R"("1")"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.out()[1].get("_rank") == 2);
    BOOST_TEST(result.out()[0].get("_score").as_double() >
               result.out()[1].get("_score").as_double());
    BOOST_TEST(found("water", {{"limit", 1}}) == (strings{R"("2")"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_hit_is_derived_from_the_question)
{
    (void)index(packets(document("1", {{"t", "x"}})));
    auto result = ask("x");
    BOOST_REQUIRE(result.out().size() == 1);
    BOOST_TEST(result.out()[0].meta("requestmethod") == "GET");
    BOOST_TEST((result.out()[0].id() != packet().id()));
}

BOOST_AUTO_TEST_CASE(the_words_and_the_id_may_be_elsewhere)
{
    (void)index(packets(document("1", {{"t", "x"}})));
    packet question({{"q", "x"}});
    auto result =
        run_entry(query_entry, {{"database", "test"}, {"text", "/fields/q"}, {"id", "/fields/key"}},
                  packets(std::move(question)));
    BOOST_REQUIRE(result.out().size() == 1);
    BOOST_TEST(result.out()[0].get("key") == "1");
    BOOST_TEST(!result.out()[0].has("q"));
}

BOOST_AUTO_TEST_CASE(a_question_without_words_fails)
{
    auto result = run_entry(query_entry, {{"database", "test"}}, packets(packet()));
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].second ==
               "text: there is no /meta/id; words to look for were expected");
}

BOOST_AUTO_TEST_CASE(files_that_are_removed_are_made_anew_and_read_anew)
{
    const std::string path = directory.path("removed.sqlite");
    search_package::writer writer(path);
    search_package::reader reader(path);
    const auto search = [](search_package::reader& in, const char* words)
    { return in.ask({.terms = terms_of(words)}).hits; };
    writer.commit({{"1", R"({"title":"first"})", {"first"}, ""}});
    BOOST_TEST(search(reader, "first").size() == 1U);
    for (const char* id : {"2", "3"})
    {
        for (const char* end : {"", "-wal", "-shm"})
            std::filesystem::remove(path + end);
        writer.commit({{id, R"({"title":"again"})", {"again"}, ""}});
        BOOST_TEST(search(reader, "first").empty());
        const auto found = search(reader, "again");
        BOOST_TEST_REQUIRE(found.size() == 1U);
        BOOST_TEST(found.front().id == id);
    }
    std::filesystem::remove(path + "-wal"); // alone
    writer.commit({{"4", R"({"title":"last"})", {"last"}, ""}});
    BOOST_TEST(search(reader, "last").size() == 1U);
    BOOST_TEST(search(reader, "again").size() == 1U);
    search_package::reader other(path);
    BOOST_TEST(search(other, "last").size() == 1U);
}

// A phrase of 100,000 words took a minute.
BOOST_AUTO_TEST_CASE(of_a_question_of_many_words_the_first_count)
{
    std::string words;
    for (int i = 0; i < 50'000; ++i)
        words += "a b ";
    (void)index(packets(document("1", {{"text", words}}), document("2", {{"text", "a"}})));
    const auto begin = std::chrono::steady_clock::now();
    BOOST_TEST(found(words) == strings{R"("1")"}, boost::test_tools::per_element());
    BOOST_TEST(found('"' + words + '"') == strings{R"("1")"}, boost::test_tools::per_element());
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(5)));
}

BOOST_AUTO_TEST_CASE(an_answer_that_takes_too_long_fails_its_question_and_no_other)
{
    std::vector<packet> many;
    std::string text;
    for (int i = 0; i < 200; ++i)
        text += "a b ";
    for (int i = 0; i < 5'000; ++i)
        many.push_back(document(std::to_string(i), {{"text", text}}));
    (void)index(std::move(many));
    std::string phrase = "\"";
    for (int i = 0; i < 30; ++i)
        phrase += "a b ";
    auto result = ask(phrase + '"', {{"time", "1ms"}});
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed.front().second ==
               "text: the answer takes too long; one within 1 ms was expected");
    BOOST_TEST(found("\"a b\"").size() == 10U);
}

BOOST_AUTO_TEST_CASE(a_reader_sees_what_is_indexed_after_it_began)
{
    BOOST_TEST(found("x").empty());
    (void)index(packets(document("1", {{"t", "x"}})));
    BOOST_TEST(found("x").size() == 1);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(typed_words)

BOOST_AUTO_TEST_CASE(become_quoted_terms)
{
    const auto expression = [](std::string_view typed)
    { return match_expression(terms_of(typed)); };
    BOOST_TEST(expression("slow  water*") == R"("slow" "water"*)");
    BOOST_TEST(expression(R"(a"b c"d)") == R"("a" "b c" "d")");
    BOOST_TEST(expression("\"open") == R"("open")");
    BOOST_TEST(expression("a A a* \"a\" b") == R"("a" "a"* "b")");
    BOOST_TEST(expression(" !! \"\" * ").empty());
    BOOST_TEST(expression(std::string("a\0b", 3)) == R"("a" "b")");
}

BOOST_AUTO_TEST_SUITE_END()
