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

const json::object with_facets{{"facets", json::array{"kind", "year"}}};

struct library : data_directory
{
    library()
    {
        packet multivalued = document("4", {{"t", "water"}, {"year", 2001}});
        multivalued.set_values("kind", json::array{"book", "m\xc3\xa4rchen"});
        (void)index(packets(document("1", {{"t", "water"}, {"kind", "book"}, {"year", 2000}}),
                            document("2", {{"t", "water"}, {"kind", "film"}, {"year", 2001}}),
                            document("3", {{"t", "water"}, {"year", "2001"}}),
                            std::move(multivalued),
                            document("5", {{"t", "stone"}, {"kind", "book"}})),
                    with_facets);
    }

    static penstock::testing::result ask_for(const json::object& meta, json::object parameters)
    {
        parameters["database"] = "test";
        packet question;
        question.set_meta("id", "water");
        for (const auto& [name, value] : meta)
            question.set_meta(name, value);
        return run_entry(query_entry, parameters, packets(std::move(question)));
    }

    static std::size_t count(const json::object& filters)
    {
        return ask("water", {{"filters", filters}}).out().size();
    }
};

std::string facets_of(auto&& result)
{
    return penstock::write_json(result.out().back().meta("facets"));
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(search_facets, library)

BOOST_AUTO_TEST_CASE(values_are_counted_the_most_frequent_first)
{
    auto result = ask("water", with_facets);
    BOOST_TEST(facets_of(result) ==
               R"({"kind":[{"value":"book","count":2},{"value":"film","count":1},)"
               "{\"value\":\"m\xc3\xa4rchen\",\"count\":1}],"
               R"("year":[{"value":"2001","count":3},{"value":"2000","count":1}]})");
}

BOOST_AUTO_TEST_CASE(only_the_last_packet_has_total_and_facets)
{
    auto result = ask("water", {{"facets", json::array{"kind"}}, {"limit", 2}});
    BOOST_REQUIRE(result.out().size() == 2);
    BOOST_TEST(!result.out()[0].has_meta("total"));
    BOOST_TEST(!result.out()[0].has_meta("facets"));
    BOOST_TEST(result.out()[1].meta("total") == 4);
}

BOOST_AUTO_TEST_CASE(all_documents_found_are_counted_whatever_is_shown)
{
    auto result = ask("water", {{"facets", json::array{"kind"}}, {"limit", 1}, {"offset", 3}});
    BOOST_TEST(facets_of(result).starts_with(R"({"kind":[{"value":"book","count":2})"));
    BOOST_TEST(result.out().back().meta("total") == 4);
}

BOOST_AUTO_TEST_CASE(a_facet_has_so_many_values_at_most)
{
    auto result = ask("water", {{"facets", json::array{"kind"}}, {"facet_values", 1}});
    BOOST_TEST(facets_of(result) == R"({"kind":[{"value":"book","count":2}]})");
}

BOOST_AUTO_TEST_CASE(a_filter_wants_a_value_or_one_of_several)
{
    BOOST_TEST(count({{"kind", "book"}}) == 2U);
    BOOST_TEST(count({{"kind", "m\xc3\xa4rchen"}}) == 1U);
    BOOST_TEST(count({{"kind", json::array{"book", "film"}}}) == 3U);
    BOOST_TEST(count({{"year", 2001}}) == 3U);
    BOOST_TEST(count({{"year", 2001}, {"kind", "film"}}) == 1U);
    BOOST_TEST(count({{"kind", "Book"}}) == 0U);
    BOOST_TEST(count({{"kind", "' OR 1=1 --"}}) == 0U);
}

BOOST_AUTO_TEST_CASE(facets_and_total_count_what_the_filters_leave)
{
    json::object parameters = with_facets;
    parameters["filters"] = json::object{{"kind", "film"}};
    auto result = ask("water", parameters);
    BOOST_TEST(facets_of(result) ==
               R"({"kind":[{"value":"film","count":1}],"year":[{"value":"2001","count":1}]})");
    BOOST_TEST(result.out().back().meta("total") == 1);
}

BOOST_AUTO_TEST_CASE(values_of_a_filter_may_come_with_the_question)
{
    const json::object parameters{{"filters", {{"kind", "/meta/query_kind"}}}};
    BOOST_TEST(ask_for({{"query_kind", "film"}}, parameters).out().size() == 1U);
    BOOST_TEST(ask_for({{"query_kind", json::array{"film", "book"}}}, parameters).out().size() ==
               3U);
    BOOST_TEST(ask_for({}, parameters).out().size() == 4U);
    BOOST_TEST(ask_for({{"query_kind", ""}}, parameters).out().size() == 4U);
    json::array many;
    for (int n = 0; n < 1'000; ++n)
        many.emplace_back(std::to_string(n));
    BOOST_TEST(ask_for({{"query_kind", many}}, parameters).failed.empty());
}

BOOST_AUTO_TEST_CASE(a_filter_of_a_field_that_is_no_facet_fails_the_question)
{
    auto result = ask("water", {{"filters", {{"t", "x"}}}});
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].second ==
               "filters: the index has no values of \"t\"; a field that facets of search/index "
               "names was expected");
}

BOOST_AUTO_TEST_CASE(a_document_that_changes_or_goes_takes_its_values_along)
{
    (void)index(packets(document("2", {{"t", "water"}, {"kind", "book"}}), order_to_delete("1")),
                with_facets);
    BOOST_TEST(facets_of(ask("water", {{"facets", json::array{"kind"}}})) ==
               R"({"kind":[{"value":"book","count":2},)"
               "{\"value\":\"m\xc3\xa4rchen\",\"count\":1}]}");
}

BOOST_AUTO_TEST_CASE(values_that_are_too_long_or_no_values_are_left_out)
{
    (void)index(packets(document("6", {{"t", "sand"},
                                       {"kind", json::array{std::string(257, 'x'), true, nullptr,
                                                            json::object{{"a", 1}}, "", 1.5}}})),
                with_facets);
    BOOST_TEST(facets_of(ask("sand", {{"facets", json::array{"kind"}}})) ==
               R"({"kind":[{"value":"1.5","count":1},{"value":"true","count":1}]})");
}

BOOST_AUTO_TEST_CASE(pages_are_parts_of_one_answer)
{
    strings all = found("water");
    strings pages;
    for (int offset = 0; offset < 6; offset += 2)
    {
        auto result = ask("water", {{"limit", 2}, {"offset", offset}});
        for (const std::string& id : meta_of(result.out(), "id"))
            pages.push_back(id);
        if (offset == 2)
            BOOST_TEST(result.out()[0].get("_rank") == 3);
    }
    BOOST_TEST(pages == all, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_offset_of_a_question_may_be_anything)
{
    for (const auto& [text, shown] :
         std::initializer_list<std::pair<json::value, std::size_t>>{{"1", 3},
                                                                    {1, 3},
                                                                    {"", 4},
                                                                    {"x", 4},
                                                                    {"-3", 4},
                                                                    {"1.5", 4},
                                                                    {"99999999999999999999", 0},
                                                                    {nullptr, 4},
                                                                    {json::array{1}, 4}})
    {
        auto result = ask_for({{"query_offset", text}}, {});
        BOOST_TEST(result.out().size() == shown, penstock::write_json(text));
        BOOST_TEST(result.failed.empty());
    }
}

BOOST_AUTO_TEST_CASE(a_question_without_an_answer_may_be_answered)
{
    const json::object parameters{{"sends_empty", true}, {"facets", json::array{"kind"}}};
    for (const char* words : {"nowhere", "", "!!"})
    {
        packet question;
        question.set_meta("id", words);
        json::object all = parameters;
        all["database"] = "test";
        auto result = run_entry(query_entry, all, packets(std::move(question)));
        BOOST_TEST(result.failed.empty());
        BOOST_REQUIRE(result.out().size() == 1);
        BOOST_TEST(result.out()[0].fields().empty());
        BOOST_TEST(result.out()[0].meta("total") == 0);
        BOOST_TEST(facets_of(result) == R"({"kind":[]})");
    }
    json::object behind = parameters;
    behind["offset"] = 10;
    BOOST_TEST(ask("water", behind).out()[0].meta("total") == 4);
}

BOOST_AUTO_TEST_SUITE_END()
