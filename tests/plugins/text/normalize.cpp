// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

using text_package::normalize_entry;
namespace json = penstock::json;

BOOST_AUTO_TEST_SUITE(text_normalize)

namespace
{

std::string made(std::string_view text, const json::object& parameters = {})
{
    auto result = run_entry(normalize_entry, parameters,
                            penstock::testing::packets(penstock::packet({{"text", text}})));
    BOOST_REQUIRE(result.out().size() == 1);
    return result.out()[0].text("text");
}

} // namespace

BOOST_AUTO_TEST_CASE(letters_and_their_marks_become_one)
{
    BOOST_TEST(made("a\xcc\x88\xcc\xa3") == "\xe1\xba\xa1\xcc\x88"); // UAX 15: marks have an order
    BOOST_TEST(made("\xe2\x84\xab") == "Å");                         // the sign of angstrom
    BOOST_TEST(made("ﬁ ①") == "ﬁ ①");
    BOOST_TEST(made("a\xcc\x88", {{"form", "none"}}) == "a\xcc\x88");
}

BOOST_AUTO_TEST_CASE(what_means_the_same_becomes_the_same_in_nfkc)
{
    BOOST_TEST(made("ﬁ ① ｗｉｄｅ x²", {{"form", "nfkc"}}) == "fi 1 wide x2");
}

BOOST_AUTO_TEST_CASE(letters_that_differ_in_case_become_the_same)
{
    const json::object fold{{"case", "fold"}};
    BOOST_TEST(made("STRASSE Straße", fold) == "strasse strasse");
    BOOST_TEST(made("ΣΊΣΥΦΟΣ", fold) == made("σίσυφος", fold));
}

BOOST_AUTO_TEST_CASE(white_space_stays_goes_or_becomes_one_blank)
{
    const std::string_view text = " \xc2\xa0 a \t\n b\xe3\x80\x80";
    BOOST_TEST(made(text, {{"space", "keep"}}) == text);
    BOOST_TEST(made(text, {{"space", "trim"}}) == "a \t\n b");
    BOOST_TEST(made(text, {{"space", "collapse"}}) == "a b");
    BOOST_TEST(made(" ", {{"space", "collapse"}}) == "");
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_letters_stay)
{
    auto result =
        run_entry(normalize_entry, {},
                  penstock::testing::packets(penstock::packet({{"text", " a\xff\xfe "}})));
    BOOST_TEST((result.out()[0].text("text") == "a\xff\xfe"));
    result = run_entry(normalize_entry, {{"case", "fold"}},
                       penstock::testing::packets(penstock::packet({{"text", "A\xff"}})));
    BOOST_TEST((result.out()[0].text("text") == "a\xff"));
}

BOOST_AUTO_TEST_CASE(each_text_changes_and_other_values_stay)
{
    auto result = run_entry(normalize_entry, {{"fields", {"a", "absent"}}},
                            penstock::testing::packets(penstock::packet(
                                {{"a", json::array{" x ", 5, nullptr}}, {"b", " y "}})));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"a":["x",5,null],"b":" y "})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_long_text_is_changed_to_its_end)
{
    std::string text;
    for (int n = 0; n < 100'000; ++n)
        text += "a\xcc\x88 ";
    const std::string out = made(text);
    BOOST_TEST(out.size() == 300'000U - 1);
    BOOST_TEST(out.ends_with("ä ä"));
}

BOOST_AUTO_TEST_SUITE_END()
