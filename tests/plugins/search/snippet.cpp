// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "search/search_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>

using namespace penstock::search_tests;
namespace json = penstock::json;
using penstock::packet;

namespace
{

struct one_document : data_directory
{
    static std::string snippet(const json::object& fields, std::string_view words,
                               const json::object& parameters = {})
    {
        (void)index(packets(document("1", fields)));
        auto result = ask(words, parameters);
        BOOST_REQUIRE(result.out().size() == 1);
        return result.out()[0].text("_snippet");
    }
};

std::string words(int from, int to)
{
    std::string text;
    for (int n = from; n < to; ++n)
        text += "w" + std::to_string(n) + ' ';
    return text;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(search_snippets, one_document)

BOOST_AUTO_TEST_CASE(mark_the_words_that_were_looked_for)
{
    BOOST_TEST(snippet({{"t", "Slow water, deep Water."}}, "water") ==
               "Slow <mark>water</mark>, deep <mark>Water</mark>.");
    BOOST_TEST(snippet({{"t", "waterfall and water"}}, "waterf*") ==
               "<mark>waterfall</mark> and water");
    BOOST_TEST(snippet({{"t", "a slow water is no water slow"}}, "\"slow water\"") ==
               "a <mark>slow</mark> <mark>water</mark> is no water slow");
}

BOOST_AUTO_TEST_CASE(mark_words_whatever_their_case_and_marks_on_letters)
{
    BOOST_TEST(snippet({{"t", "im CAF\xc3\x89 l\xc3\xa4uft"}}, "cafe lauft") ==
               "im <mark>CAF\xc3\x89</mark> <mark>l\xc3\xa4uft</mark>");
}

BOOST_AUTO_TEST_CASE(have_no_tags_but_the_marks)
{
    BOOST_TEST(
        snippet({{"t", "<script>alert(\"water\")</script> & 'x'"}}, "water") ==
        "&lt;script&gt;alert(&quot;<mark>water</mark>&quot;)&lt;/script&gt; &amp; &#39;x&#39;");
}

BOOST_AUTO_TEST_CASE(are_text_as_it_is_if_the_page_escapes_it)
{
    BOOST_TEST(snippet({{"t", "<b> water"}}, "water",
                       {{"snippet_html", false}, {"snippet_marks", json::array{"[", "]"}}}) ==
               "<b> [water]");
}

BOOST_AUTO_TEST_CASE(are_a_piece_of_a_long_text)
{
    const std::string made = snippet({{"t", words(0, 100) + "water " + words(100, 200)}}, "water",
                                     {{"snippet_words", 5}});
    BOOST_TEST(made == "\xe2\x80\xa6 w98 w99 <mark>water</mark> w100 w101 \xe2\x80\xa6");
}

BOOST_AUTO_TEST_CASE(are_where_most_of_what_was_looked_for_stands)
{
    BOOST_TEST(snippet({{"t", "water " + words(0, 50) + "deep water " + words(50, 99)}},
                       "water deep", {{"snippet_words", 4}}) ==
               "\xe2\x80\xa6 w49 <mark>deep</mark> <mark>water</mark> w50 \xe2\x80\xa6");
}

BOOST_AUTO_TEST_CASE(come_from_the_field_that_has_most_or_from_those_named)
{
    const json::object fields{{"title", "water"}, {"text", "deep water"}, {"n", 7}};
    BOOST_TEST(snippet(fields, "water") == "<mark>water</mark>");
    BOOST_TEST(snippet(fields, "water deep") == "<mark>deep</mark> <mark>water</mark>");
    BOOST_TEST(snippet(fields, "water", {{"snippet_fields", json::array{"text"}}}) ==
               "deep <mark>water</mark>");
    BOOST_TEST(snippet(fields, "water", {{"snippet_fields", json::array{"absent"}}}).empty());
}

BOOST_AUTO_TEST_CASE(begin_with_the_text_where_nothing_of_it_was_looked_for)
{
    BOOST_TEST(snippet({{"t", "slow water"}, {"n", 42}}, "42") == "slow water");
    BOOST_TEST(snippet({{"n", 42}}, "42").empty());
}

BOOST_AUTO_TEST_CASE(take_a_list_as_one_text_behind_the_other)
{
    BOOST_TEST(snippet({{"t", json::array{"slow", 1, "water"}}}, "water") ==
               "slow <mark>water</mark>");
}

BOOST_AUTO_TEST_CASE(have_no_more_than_one_space_in_a_row)
{
    BOOST_TEST(snippet({{"t", "  slow\n\n\twater  \n"}}, "water") == "slow <mark>water</mark>");
}

BOOST_AUTO_TEST_CASE(end_within_no_character_and_after_so_many_bytes)
{
    std::string long_word = "water ";
    for (int n = 0; n < 100; ++n)
        long_word += "\xe6\xb0\xb4"; // one word, as the index has it
    const std::string made = snippet({{"t", long_word}}, "water", {{"snippet_words", 2}});
    BOOST_TEST(made.starts_with("<mark>water</mark> \xe6\xb0\xb4"));
    BOOST_TEST(made.ends_with("\xe6\xb0\xb4 \xe2\x80\xa6"));
    BOOST_TEST(made.size() < 120U);
}

BOOST_AUTO_TEST_CASE(are_left_out_on_wish)
{
    (void)index(packets(document("1", {{"t", "water"}})));
    BOOST_TEST(!ask("water", {{"snippet_words", 0}}).out()[0].has("_snippet"));
}

BOOST_AUTO_TEST_CASE(of_many_long_documents_take_no_longer_than_the_question_may)
{
    std::string text;
    while (text.size() < 60'000)
        text += "a b ";
    std::vector<packet> many;
    for (int n = 0; n < 300; ++n)
        many.push_back(document(std::to_string(n), {{"t", text}}));
    (void)index(std::move(many));
    std::string phrases;
    for (int n = 1; n < 9; ++n)
        phrases += '"' + text.substr(0, static_cast<std::size_t>(4 * n)) + "\" ";
    const auto begin = std::chrono::steady_clock::now();
    auto result = ask(phrases, {{"limit", 300}, {"time", "100ms"}});
    BOOST_TEST(result.failed.size() == 1U);
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(5)));
}

BOOST_AUTO_TEST_SUITE_END()
