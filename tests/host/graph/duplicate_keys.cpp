// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/duplicate_keys.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace penstock::host
{

namespace
{

using pointers = std::vector<std::string>;

pointers duplicate_keys(std::string_view text)
{
    problem_list problems;
    refuse_duplicate_keys(text, problems);
    pointers found;
    for (const problem& each : std::move(problems).take())
        found.push_back(each.pointer);
    return found;
}

/// An object with each of so many keys `count` times, below a name that is long.
std::string repeated(int keys, int count)
{
    std::string text = "{\"" + std::string(100'000, 'n') + "\": {";
    for (int i = 0; i < keys * count; ++i)
        text += (i == 0 ? "\"k" : ",\"k") + std::to_string(i % keys) + "\":0";
    return text + "}}";
}

} // namespace

BOOST_AUTO_TEST_SUITE(duplicate_key_search)

BOOST_AUTO_TEST_CASE(finds_nothing_where_all_keys_differ)
{
    BOOST_TEST(duplicate_keys(R"({"a": {"a": 1}, "b": [{"a": 1}, {"a": 2}]})").empty());
    BOOST_TEST(duplicate_keys("3").empty());
    BOOST_TEST(duplicate_keys("").empty());
}

BOOST_AUTO_TEST_CASE(finds_keys_at_every_depth)
{
    BOOST_TEST(duplicate_keys(R"({"a": 1, "b": [0, {"c": 1, "c": [2]}], "a": {"d": 1, "d": 2}})") ==
                   (pointers{"/b/1/c", "/a", "/a/d"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(tells_each_key_once)
{
    BOOST_TEST(duplicate_keys(R"({"a": 1, "a": 2, "a": 3})") == pointers{"/a"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(passes_over_a_byte_order_mark)
{
    BOOST_TEST(duplicate_keys("\xef\xbb\xbf{\"a\": 1, \"a\": 2}") == pointers{"/a"},
               boost::test_tools::per_element());
}

// One such text took minutes, on the one thread that answers what is quick.
BOOST_AUTO_TEST_CASE(is_as_fast_where_all_keys_stand_there_twice)
{
    const std::string text = repeated(50'000, 2);
    const auto begin = std::chrono::steady_clock::now();
    const pointers found = duplicate_keys(text);
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(20)));
    BOOST_TEST(found.size() == problem_list::most);
    BOOST_TEST(found.front().size() < 2 * problem_list::longest);
}

BOOST_AUTO_TEST_CASE(sees_through_escapes)
{
    BOOST_TEST(duplicate_keys(R"({"a/b": 1, "\u0061\/b": 2})") == pointers{"/a~1b"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(counts_items_of_all_kinds)
{
    BOOST_TEST(duplicate_keys(R"([1, -1, 1.5, 18446744073709551615, "x", true, null, [], {},
                                  {"a": 1, "a": 2}])") == pointers{"/9/a"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
