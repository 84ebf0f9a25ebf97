// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

namespace json = penstock::json;
using namespace route_package;
using penstock::packet;
using penstock::testing::packets;

namespace
{

json::object routes(std::initializer_list<std::pair<const char*, const char*>> list,
                    const char* match = "first")
{
    json::array all;
    for (const auto& [port, when] : list)
        all.push_back({{"port", port}, {"when", when}});
    return {{"routes", std::move(all)}, {"match", match}};
}

} // namespace

BOOST_AUTO_TEST_SUITE(route_switch)

BOOST_AUTO_TEST_CASE(a_packet_goes_to_the_first_route_that_it_fits)
{
    auto result = run_entry(
        switch_entry, routes({{"small", "n < 5"}, {"even", "n % 2 == 0"}}),
        packets(packet({{"n", 1}}), packet({{"n", 2}}), packet({{"n", 6}}), packet({{"n", 7}})));
    BOOST_TEST(fields_of(result.sent.at("small")) == (strings{R"({"n":1})", R"({"n":2})"}),
               boost::test_tools::per_element());
    BOOST_TEST(fields_of(result.sent.at("even")) == (strings{R"({"n":6})"}),
               boost::test_tools::per_element());
    BOOST_TEST(fields_of(result.sent.at("else")) == (strings{R"({"n":7})"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.dropped.empty());
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(copies_go_to_all_routes_that_a_packet_fits)
{
    packet given({{"n", 2}, {"tags", json::array{"x"}}});
    given.set_meta("id", "d");
    given.set_field_meta("n", "m", 1);
    given.set_data(penstock::bytes(std::string("body")));
    auto result =
        run_entry(switch_entry, routes({{"a", "n > 0"}, {"b", "n > 5"}, {"c", "n == 2"}}, "all"),
                  packets(std::move(given), packet({{"n", 0}})));
    BOOST_TEST_REQUIRE(result.sent.at("a").size() == 1u);
    BOOST_TEST(result.sent.at("b").empty());
    BOOST_TEST_REQUIRE(result.sent.at("c").size() == 1u);
    BOOST_TEST((result.sent.at("a").front() == result.sent.at("c").front()));
    BOOST_TEST(result.sent.at("c").front().field_meta("n", "m") == 1);
    BOOST_TEST(result.sent.at("else").size() == 1u);
}

BOOST_AUTO_TEST_CASE(zero_and_an_empty_text_are_true_and_null_is_false)
{
    auto result =
        run_entry(switch_entry, routes({{"a", "x"}}),
                  packets(packet({{"x", 0}}), packet({{"x", ""}}), packet({{"x", nullptr}}),
                          packet({{"x", false}}), packet(), packet({{"x", json::array()}})));
    BOOST_TEST(result.sent.at("a").size() == 3u);
    BOOST_TEST(result.sent.at("else").size() == 3u);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_told_fails_alone_and_unchanged)
{
    auto result = run_entry(switch_entry, routes({{"small", "n < 5"}}),
                            packets(packet({{"m", 1}}), packet({{"n", 1}})));
    BOOST_TEST(result.sent.at("small").size() == 1u);
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(result.failed[0].second ==
               "small: n < 5: attempt to compare nil with number; field \"n\" is absent");
    BOOST_TEST(penstock::write_json(result.failed[0].first.fields()) == R"({"m":1})");
}

BOOST_AUTO_TEST_CASE(a_condition_without_end_is_one_failure)
{
    json::object parameters =
        routes({{"a", "n == 1 and ('a'):rep(100):find(('a*'):rep(12) .. 'b')"}});
    parameters["instructions"] = 100'000;
    auto result =
        run_entry(switch_entry, parameters, packets(packet({{"n", 1}}), packet({{"n", 2}})));
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(result.failed[0].second == "a: instruction limit: 100000 instructions");
    BOOST_TEST(result.sent.at("else").size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_a_route_is_told_at_its_place)
{
    BOOST_TEST(refusal(switch_entry, routes({{"a", "n"}, {"b", "n <"}})) ==
               "routes/1/when: line 1, column 4: unexpected symbol at the end; an expression of "
               "Lua was expected");
    BOOST_TEST(refusal(switch_entry, routes({})) ==
               "routes: is empty; at least one route was expected");
    BOOST_TEST(refusal(switch_entry, routes({{"else", "n"}})).find("names an output twice") !=
               std::string::npos);
    BOOST_TEST(refusal(switch_entry, routes({{"error", "n"}})).find("every node has") !=
               std::string::npos);
    BOOST_TEST(refusal(switch_entry, {{"routes", json::array{{{"port", "a"}}}}}).find("\"when\"") !=
               std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
