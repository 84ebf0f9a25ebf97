// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"
#include "scratch_directory.hpp"
#include "search/search_directory.hpp"
#include "words.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <limits>

using namespace penstock::search_tests;
namespace json = penstock::json;
using penstock::packet;

namespace
{} // namespace

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
    hit.erase("_snippet");
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

BOOST_AUTO_TEST_CASE(a_batch_is_kept_when_it_has_16_mib_whatever_its_count)
{
    const std::string text(std::size_t{1} << 20, ' ');
    std::vector<packet> documents;
    for (int n = 0; n < 33; ++n)
        documents.push_back(document(std::to_string(n), {{"t", text}}));
    const auto result = index(std::move(documents));
    BOOST_TEST(result.delivered.size() == 33u);
    BOOST_TEST(result.metrics.at("commit_seconds") == 3);
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

BOOST_AUTO_TEST_CASE(a_packet_of_data_alone_fails)
{
    packet given;
    given.set_meta("id", "1");
    given.set_data(penstock::bytes("raw"));
    BOOST_TEST(index(packets(std::move(given))).failed.size() == 1U);
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
