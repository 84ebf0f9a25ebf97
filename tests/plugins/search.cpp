// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "reader.hpp"
#include "run_entry.hpp"
#include "scratch_directory.hpp"
#include "words.hpp"
#include "writer.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <limits>
#include <optional>
#include <stdexcept>

namespace json = penstock::json;
using penstock::packet;
using penstock::testing::packets;
using search_package::index_entry;
using search_package::match_expression;
using search_package::query_entry;

namespace
{

/// A data directory of its own, and a database in it.
struct data_directory
{
    static packet document(std::string_view id, json::object fields)
    {
        packet packet(std::move(fields));
        packet.set_meta("id", id);
        return packet;
    }

    static packet order_to_delete(std::string_view id)
    {
        packet packet;
        packet.set_meta("requestmethod", "DELETE");
        packet.set_meta("id", id);
        return packet;
    }

    static penstock::testing::result index(std::vector<packet> documents,
                                           json::object parameters = {})
    {
        parameters["database"] = "test";
        return run_entry(index_entry, parameters, std::move(documents));
    }

    static penstock::testing::result ask(std::string_view text, json::object parameters = {})
    {
        parameters["database"] = "test";
        packet question;
        question.set_meta("requestmethod", "GET");
        question.set_meta("id", text);
        return run_entry(query_entry, parameters, packets(std::move(question)));
    }

    /// The ids of what is found, the best first.
    static strings found(std::string_view text, const json::object& parameters = {})
    {
        return meta_of(ask(text, parameters).out(), "id");
    }

    scratch_directory directory;
    std::optional<penstock::testing::data_directory> given{directory.path("")};
};

std::string refusal(const penstock::component_entry& entry, const json::object& parameters)
{
    try
    {
        (void)run_entry(entry, parameters, {});
    }
    catch (const std::exception& error)
    {
        return error.what();
    }
    return "none";
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(search_index, data_directory)

BOOST_AUTO_TEST_CASE(a_document_is_found_by_its_words_and_comes_back_whole)
{
    packet given({{"title", "Slow Water"},
                  {"list", json::array{1, "two"}},
                  {"n", 1.5},
                  {"deep", {{"a", nullptr}}}});
    given.set("single", json::array{"one value"});
    given.set_meta("id", "7");
    BOOST_TEST(index(packets(std::move(given))).failed.empty());

    auto result = ask("water");
    BOOST_REQUIRE(result.out().size() == 1);
    packet& hit = result.out().front();
    BOOST_TEST(hit.meta("id") == "7");
    BOOST_TEST(hit.get("_rank") == 1);
    BOOST_TEST(hit.get("_score").is_double());
    hit.erase("_rank");
    hit.erase("_score");
    BOOST_TEST(
        penstock::write_json(hit.fields()) ==
        R"({"title":"Slow Water","list":[1,"two"],"n":1.5,"deep":{"a":null},"single":["one value"]})");
    BOOST_TEST(hit.is_multivalued("list"));
    BOOST_TEST(!hit.is_multivalued("single"));
}

BOOST_AUTO_TEST_CASE(texts_and_numbers_at_any_depth_are_searched_and_names_are_not)
{
    (void)index(packets(document("1", {{"a", {{"b", json::array{"deep", 42}}}}, {"name", "x"}})));
    BOOST_TEST(found("deep").size() == 1);
    BOOST_TEST(found("42").size() == 1);
    BOOST_TEST(found("name").empty());
}

BOOST_AUTO_TEST_CASE(a_document_that_comes_again_replaces_the_one_before)
{
    (void)index(packets(document("1", {{"t", "before"}}), document("2", {{"t", "before"}}),
                        document("1", {{"t", "after"}})));
    BOOST_TEST(found("before") == (strings{R"("2")"}), boost::test_tools::per_element());
    BOOST_TEST(found("after") == (strings{R"("1")"}), boost::test_tools::per_element());
    (void)index(packets(document("2", {{"t", "after all"}})));
    BOOST_TEST(found("before").empty());
    BOOST_TEST(found("after").size() == 2);
}

BOOST_AUTO_TEST_CASE(indexing_twice_is_as_indexing_once)
{
    for (int n = 0; n < 2; ++n)
        (void)index(packets(document("1", {{"t", "once"}}), document("2", {{"t", "once"}})));
    BOOST_TEST(found("once").size() == 2);
}

BOOST_AUTO_TEST_CASE(a_delete_removes_the_document)
{
    (void)index(packets(document("1", {{"t", "x"}}), document("2", {{"t", "x"}})));
    auto result = index(packets(order_to_delete("1"), order_to_delete("absent")));
    BOOST_TEST(result.failed.empty());
    BOOST_TEST(found("x") == (strings{R"("2")"}), boost::test_tools::per_element());
    (void)index(packets(document("1", {{"t", "x"}})));
    BOOST_TEST(found("x").size() == 2);
}

BOOST_AUTO_TEST_CASE(a_delete_without_an_id_fails)
{
    packet order;
    order.set_meta("requestmethod", "DELETE");
    auto result = index(packets(std::move(order)));
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].second ==
               "id: there is no meta id; what identifies the document was expected");
}

BOOST_AUTO_TEST_CASE(other_packets_without_fields_are_dropped)
{
    packet trigger;
    trigger.set_meta("requestmethod", "GET");
    trigger.set_meta("id", "1");
    (void)index(packets(document("1", {{"t", "stays"}})));
    BOOST_TEST(index(packets(packet(), std::move(trigger))).failed.empty());
    BOOST_TEST(found("stays").size() == 1);
}

BOOST_AUTO_TEST_CASE(a_document_without_an_id_has_that_of_its_packet)
{
    packet given({{"t", "nameless"}});
    const std::string id = given.id().text();
    (void)index(packets(std::move(given)));
    BOOST_TEST(found("nameless") == (strings{'"' + id + '"'}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_id_may_be_a_field_or_other_meta)
{
    packet other({{"t", "x"}});
    other.set_meta("key", "m");
    (void)index(packets(document("ignored", {{"key", "f"}, {"t", "x"}}), std::move(other)),
                {{"id", "key"}});
    BOOST_TEST(found("x").size() == 2);
    (void)index(packets(document("ignored", {{"key", "f"}, {"t", "y"}})), {{"id", "/fields/key"}});
    BOOST_TEST(found("y") == (strings{R"("f")"}), boost::test_tools::per_element());
    (void)index(packets(order_to_delete("m")), {{"id", "/fields/key"}});
    BOOST_TEST(found("x").empty());
}

BOOST_AUTO_TEST_CASE(a_document_without_the_field_that_identifies_it_fails)
{
    auto result = index(packets(document("1", {{"t", "x"}})), {{"id", "/fields/key"}});
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].second ==
               "id: there is no /fields/key; what identifies the document was expected");
}

BOOST_AUTO_TEST_CASE(a_number_that_json_cannot_hold_fails_its_document_only)
{
    auto result =
        index(packets(document("1", {{"t", "x"}}),
                      document("2", {{"t", "x"}, {"n", std::numeric_limits<double>::infinity()}}),
                      document("3", {{"t", "x"}})));
    BOOST_TEST(result.failed.size() == 1);
    BOOST_TEST(found("x").size() == 2);
}

BOOST_AUTO_TEST_CASE(small_batches_index_all)
{
    std::vector<packet> given;
    for (int n = 0; n < 25; ++n)
        given.push_back(document(std::to_string(n), {{"t", "many"}}));
    (void)index(std::move(given), {{"batch", 10}, {"window", "0ms"}});
    BOOST_TEST(found("many", {{"limit", 100}}).size() == 25);
}

BOOST_AUTO_TEST_CASE(twenty_thousand_documents_take_a_few_seconds)
{
    std::vector<packet> given;
    std::uint32_t random = 1;
    for (int n = 0; n < 20'000; ++n)
    {
        std::string text;
        while (text.size() < 1000)
        {
            random = random * 1664525 + 1013904223;
            text += "word" + std::to_string((random >> 16) % 5000) + ' ';
        }
        given.push_back(document(std::to_string(n), {{"text", text}}));
    }
    const auto begin = std::chrono::steady_clock::now();
    (void)index(std::move(given));
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(30)));
    BOOST_TEST(found("word17", {{"limit", 10'000}}).size() > 100);
}

BOOST_AUTO_TEST_CASE(a_wrong_name_refuses_the_deployment)
{
    for (const auto* entry : {&index_entry, &query_entry})
        for (const char* name : {"", "a/b", "..", "A", "a.b"})
            BOOST_TEST(refusal(*entry, {{"database", name}}) ==
                       "database: is \"" + std::string(name) +
                           "\"; a name of a-z, 0-9, _ and - was expected");
}

BOOST_AUTO_TEST_CASE(without_a_data_directory_the_deployment_is_refused)
{
    given.reset();
    for (const auto* entry : {&index_entry, &query_entry})
        BOOST_TEST(refusal(*entry, {{"database", "test"}}) ==
                   "there is no data directory; a host that has one was expected");
}

BOOST_AUTO_TEST_SUITE_END()

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
    writer.commit({{"1", R"({"title":"first"})", "first", ""}});
    BOOST_TEST(reader.search("first", 10, std::chrono::seconds(5)).size() == 1U);
    for (const char* id : {"2", "3"})
    {
        for (const char* end : {"", "-wal", "-shm"})
            std::filesystem::remove(path + end);
        writer.commit({{id, R"({"title":"again"})", "again", ""}});
        BOOST_TEST(reader.search("first", 10, std::chrono::seconds(5)).empty());
        const auto found = reader.search("again", 10, std::chrono::seconds(5));
        BOOST_TEST_REQUIRE(found.size() == 1U);
        BOOST_TEST(found.front().id == id);
    }
    std::filesystem::remove(path + "-wal"); // alone
    writer.commit({{"4", R"({"title":"last"})", "last", ""}});
    BOOST_TEST(reader.search("last", 10, std::chrono::seconds(5)).size() == 1U);
    BOOST_TEST(reader.search("again", 10, std::chrono::seconds(5)).size() == 1U);
    BOOST_TEST(search_package::reader(path).search("last", 10, std::chrono::seconds(5)).size() ==
               1U);
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
    BOOST_TEST(match_expression("slow  water*") == R"("slow" "water"*)");
    BOOST_TEST(match_expression(R"(a"b c"d)") == R"("a" "b c" "d")");
    BOOST_TEST(match_expression("\"open") == R"("open")");
    BOOST_TEST(match_expression("a A a* \"a\" b") == R"("a" "a"* "b")");
    BOOST_TEST(match_expression(" !! \"\" * ").empty());
    BOOST_TEST(match_expression(std::string("a\0b", 3)) == R"("a" "b")");
}

BOOST_AUTO_TEST_SUITE_END()
