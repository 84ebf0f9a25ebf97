// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "run_extract.hpp"
#include "scratch_directory.hpp"

#include "dictionary_scan.hpp"

#include <filesystem>
#include <fstream>

using extract_package::dictionary_entry;

BOOST_AUTO_TEST_SUITE(extract_dictionary)

namespace
{

struct terms_file
{
    explicit terms_file(std::string_view terms) { write(terms); }

    void write(std::string_view terms) const
    {
        std::ofstream(path() + ".new", std::ios::binary) << terms;
        std::filesystem::rename(path() + ".new", path());
    }

    [[nodiscard]] std::string path() const { return scratch.path("terms"); }

    scratch_directory scratch;
};

std::string terms(std::string_view list, std::string_view text, json::object parameters = {})
{
    const terms_file file(list);
    parameters["file"] = file.path();
    return found_in(dictionary_entry, "terms", text, parameters);
}

} // namespace

BOOST_AUTO_TEST_CASE(terms_are_found_as_they_stand_in_the_file)
{
    BOOST_TEST(terms("Berlin\nNew York\r\n\n berlin \n", "in BERLIN, new york and Berlin") ==
               R"(["Berlin","New York"])");
}

BOOST_AUTO_TEST_CASE(small_letters_are_capitals_in_any_language)
{
    BOOST_TEST(terms("Straße\nÖL\nΣΊΣΥΦΟΣ\n", "STRASSE öl σίσυφος") ==
               R"(["Straße","ÖL","ΣΊΣΥΦΟΣ"])");
    BOOST_TEST(terms("Öl\n", "öl Öl", {{"ignore_case", false}}) == R"(["Öl"])");
}

BOOST_AUTO_TEST_CASE(terms_are_whole_words)
{
    BOOST_TEST(terms("art\nC++\n.net\n", "party art_ smart1 C++11 x.net") == R"(["C++",".net"])");
    BOOST_TEST(terms("art\n", "größeart art\xcc\x88 artä") == "null");
    BOOST_TEST(terms("art\n", "party", {{"whole_words", false}}) == R"(["art"])");
}

BOOST_AUTO_TEST_CASE(overlapping_terms_are_all_found)
{
    BOOST_TEST(terms("new york\nyork times\nnew york times\n", "the New York Times") ==
               R"(["new york","york times","new york times"])");
}

BOOST_AUTO_TEST_CASE(a_hundred_thousand_terms_are_looked_for_at_once)
{
    std::string list;
    for (int n = 0; n < 100'000; ++n)
        list += "the term " + std::to_string(n * 7919 % 1'000'003) + "\n";
    const terms_file file(list);
    const extract_package::dictionary all(file.path(), {});
    BOOST_TEST(all.size() == 100'000U);
    std::vector<std::string> found;
    all.find("THE Term 7919, the term 1, the term 0", all.make_room(),
             [&](const std::string& term)
             {
                 found.push_back(term);
                 return true;
             });
    BOOST_TEST(found == (strings{"the term 7919", "the term 0"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_file_without_terms_is_refused)
{
    const terms_file file(" \n\n");
    BOOST_TEST(refusal(dictionary_entry, {{"file", file.path()}}) ==
               file.path() + ": has no term; one a line was expected");
    BOOST_TEST(refusal(dictionary_entry, {{"file", file.path() + "x"}}).find("cannot be read") !=
               std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
