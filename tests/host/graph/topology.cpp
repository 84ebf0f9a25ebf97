// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/topology.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>
#include <set>

namespace penstock::host
{

namespace
{

using numbers = std::vector<std::size_t>;
using groups = std::vector<numbers>;

/// The arcs between nodes that are numbered from 1 in what is tested.
arcs pairs(std::initializer_list<std::pair<std::size_t, std::size_t>> list)
{
    arcs made;
    for (const auto& [from, to] : list)
        made.emplace_back(from - 1, to - 1);
    return made;
}

numbers plus_one(numbers list)
{
    for (std::size_t& each : list)
        ++each;
    return list;
}

groups plus_one(groups list)
{
    for (numbers& each : list)
        each = plus_one(std::move(each));
    return list;
}

/// The cycles as sets, which may be compared in any order.
std::set<std::set<char>> cycles(std::string_view nodes,
                                std::initializer_list<std::string_view> between)
{
    arcs list;
    for (const std::string_view arc : between)
        for (std::size_t i = 1; i < arc.size(); ++i)
            list.emplace_back(nodes.find(arc[0]), nodes.find(arc[i]));
    std::set<std::set<char>> found;
    for (const numbers& cycle : find_cycles(nodes.size(), list, 1000))
    {
        std::set<char> names;
        for (const std::size_t node : cycle)
            names.insert(nodes[node]);
        BOOST_TEST(found.insert(names).second, "a cycle was found twice");
    }
    return found;
}

using sets = std::set<std::set<char>>;

const auto first_pairs = pairs({{1, 2}, {3, 4}, {5, 6}, {1, 3}, {1, 5}, {1, 6}, {2, 5}});
const auto second_pairs = pairs({{1, 2}, {1, 3}, {2, 4}, {3, 4}, {5, 6}, {4, 5}});

} // namespace

BOOST_AUTO_TEST_SUITE(topology)

BOOST_AUTO_TEST_CASE(orders_nodes_after_those_that_lead_to_them)
{
    BOOST_TEST(plus_one(topological_order(6, first_pairs).order) == (numbers{1, 2, 3, 5, 4, 6}),
               boost::test_tools::per_element());
    BOOST_TEST(plus_one(topological_order(6, second_pairs).order) == (numbers{1, 2, 3, 4, 5, 6}),
               boost::test_tools::per_element());
    BOOST_TEST(topological_order(6, first_pairs).rest.empty());
}

BOOST_AUTO_TEST_CASE(keeps_the_order_of_the_file_where_nothing_else_decides)
{
    BOOST_TEST(topological_order(3, {}).order == (numbers{0, 1, 2}),
               boost::test_tools::per_element());
    BOOST_TEST(topological_order(0, {}).order.empty());
}

BOOST_AUTO_TEST_CASE(orders_what_lies_before_a_cycle_and_tells_the_rest)
{
    const node_order found = topological_order(3, pairs({{1, 2}, {2, 3}, {3, 2}}));
    BOOST_TEST(plus_one(found.order) == numbers{1}, boost::test_tools::per_element());
    const std::vector<unordered_node> expected{{1, 1, {2}}, {2, 1, {1}}};
    BOOST_TEST((found.rest == expected));
}

BOOST_AUTO_TEST_CASE(counts_parallel_arcs)
{
    BOOST_TEST(topological_order(2, {{0, 1}, {0, 1}}).order == (numbers{0, 1}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(groups_nodes_by_level)
{
    BOOST_TEST((plus_one(levels(6, first_pairs)) == groups{{1}, {2, 3}, {4, 5}, {6}}));
    BOOST_TEST((plus_one(levels(6, second_pairs)) == groups{{1}, {2, 3}, {4}, {5}, {6}}));
}

BOOST_AUTO_TEST_CASE(groups_only_what_lies_before_a_cycle)
{
    BOOST_TEST((plus_one(levels(4, pairs({{1, 2}, {2, 3}, {3, 4}, {4, 3}}))) == groups{{1}, {2}}));
}

BOOST_AUTO_TEST_CASE(finds_a_cycle_of_two)
{
    BOOST_TEST((cycles("AB", {"AB", "BA"}) == sets{{'A', 'B'}}));
}

BOOST_AUTO_TEST_CASE(finds_a_cycle_with_tails)
{
    BOOST_TEST((cycles("ABCD", {"AB", "BC", "CB", "CD"}) == sets{{'B', 'C'}}));
}

BOOST_AUTO_TEST_CASE(finds_two_separate_loops)
{
    BOOST_TEST((cycles("ABCD", {"AB", "BA", "CD", "DC"}) == sets{{'A', 'B'}, {'C', 'D'}}));
}

BOOST_AUTO_TEST_CASE(finds_the_three_cycles_of_a_diamond)
{
    // X and Y stand for B1 and B2.
    BOOST_TEST((cycles("AXYC", {"AXY", "XC", "YC", "CAX"}) ==
                sets{{'A', 'X', 'C'}, {'A', 'Y', 'C'}, {'X', 'C'}}));
}

BOOST_AUTO_TEST_CASE(finds_the_one_cycle_among_many_ways)
{
    BOOST_TEST(
        (cycles("ABCDEFI", {"ABC", "BEF", "CDF", "DI", "IA", "EF"}) == sets{{'A', 'C', 'D', 'I'}}));
}

BOOST_AUTO_TEST_CASE(finds_a_node_that_leads_to_itself)
{
    BOOST_TEST((cycles("AB", {"AB", "BB"}) == sets{{'B'}}));
}

BOOST_AUTO_TEST_CASE(finds_no_cycle_where_there_is_none)
{
    BOOST_TEST(cycles("ABCD", {"ABC", "BD", "CD"}).empty());
    BOOST_TEST(find_cycles(0, {}, 10).empty());
}

BOOST_AUTO_TEST_CASE(parallel_arcs_make_one_cycle)
{
    BOOST_TEST(find_cycles(2, {{0, 1}, {0, 1}, {1, 0}}, 10).size() == 1u);
}

BOOST_AUTO_TEST_CASE(names_a_cycle_from_its_lowest_node)
{
    BOOST_TEST((find_cycles(4, {{3, 2}, {2, 1}, {1, 3}}, 10) == groups{{1, 3, 2}}));
}

BOOST_AUTO_TEST_CASE(stops_at_the_limit)
{
    arcs everything; // of 30 nodes there are more cycles than could ever be listed
    for (std::size_t from = 0; from < 30; ++from)
        for (std::size_t to = 0; to < 30; ++to)
            everything.emplace_back(from, to);
    BOOST_TEST(find_cycles(30, everything, 20).size() == 20u);
}

BOOST_AUTO_TEST_CASE(does_not_recurse_along_a_long_chain)
{
    constexpr std::size_t length = 200'000;
    arcs ring;
    for (std::size_t i = 0; i < length; ++i)
        ring.emplace_back(i, (i + 1) % length);
    BOOST_TEST(find_cycles(length, ring, 2).size() == 1u);
    BOOST_TEST(find_cycles(length, ring, 2).front().size() == length);
    ring.pop_back();
    BOOST_TEST(levels(length, ring).size() == length);
}

BOOST_AUTO_TEST_CASE(agrees_with_trying_everything_on_small_graphs)
{
    std::mt19937_64 random(7);
    for (int round = 0; round < 300; ++round)
    {
        const std::size_t nodes = 1 + random() % 5;
        arcs some;
        for (std::size_t from = 0; from < nodes; ++from)
            for (std::size_t to = 0; to < nodes; ++to)
                if (random() % 3 == 0)
                    some.emplace_back(from, to);
        // Each cycle is an arrangement of distinct nodes that begins with the lowest.
        std::set<numbers> expected;
        const auto leads = [&](std::size_t from, std::size_t to)
        { return std::find(some.begin(), some.end(), std::pair(from, to)) != some.end(); };
        const auto extend = [&](const auto& self, numbers path) -> void
        {
            if (leads(path.back(), path.front()))
                expected.insert(path);
            for (std::size_t next = path.front() + 1; next < nodes; ++next)
                if (leads(path.back(), next) &&
                    std::find(path.begin(), path.end(), next) == path.end())
                {
                    path.push_back(next);
                    self(self, path);
                    path.pop_back();
                }
        };
        for (std::size_t start = 0; start < nodes; ++start)
            extend(extend, {start});
        const groups found = find_cycles(nodes, some, 10'000);
        BOOST_TEST_REQUIRE((std::set<numbers>(found.begin(), found.end()) == expected));
        BOOST_TEST_REQUIRE(found.size() == expected.size());
        BOOST_TEST_REQUIRE(topological_order(nodes, some).rest.empty() == expected.empty());
    }
}

BOOST_AUTO_TEST_CASE(leaves_out_edges_to_unknown_nodes)
{
    graph_spec graph;
    graph.nodes.resize(2);
    graph.nodes[0].name = "a";
    graph.nodes[1].name = "b";
    graph.edges = {{{"a", "out"}, {"b", "in"}, {}}, {{"a", "out"}, {"c", "in"}, {}}};
    BOOST_TEST((arcs_of(graph) == arcs{{0, 1}}));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
