// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"
#include "scratch_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>

using geo_package::code_entry;
namespace json = penstock::json;

BOOST_AUTO_TEST_SUITE(geo_code)

namespace
{

std::string line(std::string_view name, std::string_view others, std::string_view at,
                 std::string_view country, std::string_view region, int people)
{
    std::string made = "1\t";
    made.append(name).append("\t").append(name).append("\t").append(others).append("\t").append(at);
    made.append("\tP\tPPL\t").append(country).append("\t\t").append(region).append("\t\t\t\t");
    return made + std::to_string(people) + "\t\t10\tEurope/Berlin\t2026-01-01\n";
}

struct places
{
    places()
    {
        std::ofstream(path) << "# places\n"
                            << line("München", "Munich,Monaco di Baviera", "48.13743\t11.57549",
                                    "DE", "02", 1'260'391)
                            << line("Paris", "", "33.66094\t-95.55551", "US", "TX", 24'782)
                            << line("Paris", "Lutetia", "48.85341\t2.3488", "FR", "11", 2'138'551)
                            << line("Springfield", "", "42.10148\t-72.58981", "US", "MA", 154'341)
                            << line("Springfield", "", "39.80172\t-89.64371", "US", "IL", 116'565);
    }

    std::string look_up(json::object fields, json::object parameters = {}) const
    {
        parameters["file"] = path;
        parameters["field"] = "city";
        auto result = run_entry(code_entry, parameters,
                                penstock::testing::packets(penstock::packet(std::move(fields))));
        if (!result.failed.empty())
            return result.failed[0].second;
        BOOST_REQUIRE(result.out().size() == 1);
        return penstock::write_json(result.out()[0].get("location"));
    }

    std::string refused(std::string_view text, json::object parameters = {}) const
    {
        std::ofstream(path) << text;
        parameters["file"] = path;
        parameters["field"] = "city";
        const std::string found = refusal(code_entry, parameters);
        const std::size_t place = found.find("places.txt");
        return place == std::string::npos ? found : found.substr(place);
    }

    scratch_directory scratch;
    std::string path = scratch.path("places.txt");
};

} // namespace

BOOST_FIXTURE_TEST_CASE(names_of_places_have_a_location, places)
{
    BOOST_TEST(look_up({{"city", "MÜNCHEN"}}) == R"({"lat":48.13743,"lon":11.57549})");
    BOOST_TEST(look_up({{"city", " munich "}}) == R"({"lat":48.13743,"lon":11.57549})");
    BOOST_TEST(look_up({{"city", "munich"}}, {{"other_names", false}}) == "null");
}

BOOST_FIXTURE_TEST_CASE(of_several_places_that_with_the_most_people_counts, places)
{
    BOOST_TEST(look_up({{"city", "Paris"}}) == R"({"lat":48.85341,"lon":2.3488})");
    BOOST_TEST(look_up({{"city", "Paris"}}, {{"country", "us"}}) ==
               R"({"lat":33.66094,"lon":-95.55551})");
}

BOOST_FIXTURE_TEST_CASE(country_and_region_come_from_fields, places)
{
    const json::object fields{
        {"country_field", "country"}, {"region_field", "state"}, {"country", "FR"}};
    BOOST_TEST(look_up({{"city", "Paris"}, {"country", "US"}}, fields) ==
               R"({"lat":33.66094,"lon":-95.55551})");
    BOOST_TEST(look_up({{"city", "Paris"}}, fields) == R"({"lat":48.85341,"lon":2.3488})");
    BOOST_TEST(look_up({{"city", "Springfield"}, {"country", "US"}, {"state", "IL"}}, fields) ==
               R"({"lat":39.80172,"lon":-89.64371})");
}

BOOST_FIXTURE_TEST_CASE(a_region_may_stand_behind_a_comma, places)
{
    BOOST_TEST(
        look_up({{"city", json::array{"Springfield, MA 01101", "Springfield, IL", "Paris, TX"}}}) ==
        R"([{"lat":42.10148,"lon":-72.58981},{"lat":39.80172,"lon":-89.64371},)"
        R"({"lat":33.66094,"lon":-95.55551}])");
}

BOOST_FIXTURE_TEST_CASE(places_that_are_not_there_are_passed_over_or_fail, places)
{
    for (const json::value& value :
         {json::value("Nowhere"), json::value("Paris, MA"), json::value(""), json::value(5)})
    {
        BOOST_TEST(look_up({{"city", value}}) == "null");
        BOOST_TEST(
            look_up({{"city", value}}, {{"on_failure", "fail"}}) ==
            "field \"city\": is no place that the gazetteer has; the name of one was expected");
    }
}

BOOST_FIXTURE_TEST_CASE(what_is_no_gazetteer_is_refused, places)
{
    BOOST_TEST(refused("") == "places.txt: has no place; a gazetteer was expected");
    BOOST_TEST(refused("a\tb\n") ==
               "places.txt: line 1: is no place; 19 columns with tabs between them were expected");
    BOOST_TEST(refused(line("x", "", "91\t0", "DE", "", 0)).find("line 1: is no place") !=
               std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
