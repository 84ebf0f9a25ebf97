// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Ranges and choices of parameters.
#include "tests/sdk/assigned_parameter.hpp"

#include <penstock/parameter.hpp>

#include <boost/test/unit_test.hpp>

#include <limits>
#include <vector>

using namespace penstock::parameter_tests;
using namespace std::chrono_literals;
using namespace std::string_literals;

BOOST_AUTO_TEST_CASE(ranges_are_checked_with_both_ends_included)
{
    const penstock::range range{1, 10};
    BOOST_TEST(assigned<std::int32_t>("1", range) == "1");
    BOOST_TEST(assigned<std::int32_t>("10", range) == "10");
    BOOST_TEST(assigned<std::int32_t>("0", range) == "is out of range; 1 to 10 was expected");
    BOOST_TEST(assigned<std::int32_t>("11", range) == "is out of range; 1 to 10 was expected");
    BOOST_TEST(assigned<double>("0.4", penstock::range{0.5, 1}) ==
               "is out of range; 0.5 to 1 was expected");
    BOOST_TEST(assigned<std::chrono::milliseconds>("\"1m\"", penstock::range{1, 1000}) ==
               "is out of range; 1 to 1000 ms was expected");
    BOOST_TEST(assigned<std::vector<std::int32_t>>("[5,11]", range) ==
               "is out of range; 1 to 10 was expected");
}

BOOST_AUTO_TEST_CASE(ranges_may_be_open_at_an_end)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    BOOST_TEST(assigned<double>("-1", penstock::range{0, infinity}) ==
               "is out of range; at least 0 was expected");
    BOOST_TEST(assigned<double>("1", penstock::range{-infinity, 0}) ==
               "is out of range; at most 0 was expected");
    BOOST_TEST(schema_of<double>(1, penstock::range{0, infinity}) ==
               R"({"type":"number","minimum":0,"default":1.0,"description":"Helps."})");
}

BOOST_AUTO_TEST_CASE(choices_are_checked)
{
    const penstock::choices choices{"abort", "append", "overwrite"};
    BOOST_TEST(assigned<std::string>("\"append\"", choices) == "\"append\"");
    BOOST_TEST(assigned<std::string>("\"Append\"", choices) ==
               R"(is none of the choices; "abort", "append" or "overwrite" was expected)");
    BOOST_TEST(assigned<std::vector<std::string>>(R"(["abort","x"])", choices)
                   .starts_with("is none of the choices; "));
}

BOOST_AUTO_TEST_CASE(choices_may_stand_in_one_pair_of_braces_or_two)
{
    const penstock::choices one{"a", "b"};
    const penstock::choices two{{"a", "b"}};
    BOOST_TEST((one.allowed == two.allowed));
    BOOST_TEST(penstock::choices{"a"}.allowed.size() == 1u);
    BOOST_TEST(penstock::choices{std::vector<std::string>{"a"}}.allowed.size() == 1u);
}
