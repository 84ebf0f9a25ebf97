// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

using language_package::detect_entry;
namespace json = penstock::json;

BOOST_AUTO_TEST_SUITE(language_detect)

namespace
{

constexpr const char* english =
    "The quick brown fox jumps over the lazy dog while the farmer is watching it from his house.";
constexpr const char* german =
    "Der schnelle braune Fuchs springt über den faulen Hund, während der Bauer ihm zuschaut.";

penstock::packet made(json::value text, const json::object& parameters = {})
{
    auto result =
        run_entry(detect_entry, parameters,
                  penstock::testing::packets(penstock::packet({{"text", std::move(text)}})));
    BOOST_REQUIRE(result.out().size() == 1);
    return std::move(result.out().front());
}

std::string language(json::value text, const json::object& parameters = {})
{
    return penstock::write_json(made(std::move(text), parameters).get("language"));
}

} // namespace

BOOST_AUTO_TEST_CASE(languages_are_told)
{
    BOOST_TEST(language(english) == R"("en")");
    BOOST_TEST(language(german) == R"("de")");
    BOOST_TEST(
        language("Le renard brun saute par-dessus le chien paresseux pendant que le fermier le "
                 "regarde.") == R"("fr")");
    BOOST_TEST(language("Быстрая коричневая лиса перепрыгивает через ленивую собаку.") ==
               R"("ru")");
    BOOST_TEST(
        language(
            "כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון.") ==
        R"("he")");
    BOOST_TEST(language("素早い茶色の狐はのろまな犬を飛び越える。") == R"("ja")");
}

BOOST_AUTO_TEST_CASE(several_values_are_one_text)
{
    BOOST_TEST(language(json::array{"Der schnelle braune Fuchs", 5,
                                    "springt über den faulen Hund"}) == R"("de")");
}

BOOST_AUTO_TEST_CASE(a_text_may_be_in_several_languages)
{
    const std::string text = std::string(english) + " " + english + " " + german;
    const penstock::packet out = made(json::string(text), {{"most", 3}, {"share", "shares"}});
    BOOST_TEST(penstock::write_json(out.get("language")) == R"(["en","de"])");
    const json::array shares = out.values("shares");
    BOOST_TEST_REQUIRE(shares.size() == 2U);
    BOOST_TEST(shares[0].as_double() > shares[1].as_double());
    BOOST_TEST(shares[1].as_double() > 0.1);
}

BOOST_AUTO_TEST_CASE(without_words_there_is_no_language)
{
    for (const json::value& text : {json::value(""), json::value("12345 !?"),
                                    json::value("\xff\xfe the the the"), json::value(5)})
    {
        BOOST_TEST(language(text) == "null");
        BOOST_TEST(language(text, {{"default", "und"}}) == R"("und")");
    }
    penstock::packet old({{"text", ""}, {"language", "en"}});
    auto result = run_entry(detect_entry, {}, penstock::testing::packets(std::move(old)));
    BOOST_TEST(!result.out()[0].has("language"));
}

BOOST_AUTO_TEST_CASE(a_few_words_are_guessed_only_if_asked_for)
{
    BOOST_TEST(language("der") == "null");
    BOOST_TEST(language(german, {{"guess", true}}) == R"("de")");
}

BOOST_AUTO_TEST_CASE(a_long_text_is_looked_at_from_its_begin)
{
    std::string text;
    while (text.size() < 1'000'000)
        text.append(german).append(" ");
    BOOST_TEST(language(json::string(text)) == R"("de")");
}

BOOST_AUTO_TEST_SUITE_END()
