// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What a component gives must not depend on how many copies of it there are.
#include "tests/packages/cases.hpp"
#include "tests/packages/stage.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

namespace penstock::host::tests
{

namespace
{

constexpr std::size_t requests = 500;

// A source runs once per graph, whatever the number of lanes, and begins anew with each version.
std::vector<std::string> made_by_source(const component_type& type, const exercise& how,
                                        std::size_t lanes, exchange exchange)
{
    const workplace place;
    if (how.prepare)
        how.prepare();
    stage stage(type, how);
    stage.deploy(lanes);
    const auto has_all = [&]
    {
        const std::vector<std::string> texts = stage.got().texts();
        return std::set<std::string>(texts.begin(), texts.end()).size() == how.makes;
    };
    if (exchange == exchange::in_the_middle)
    {
        BOOST_TEST(stage.got().wait_for(1));
        stage.deploy(lanes);
        for (std::size_t count = how.makes; !has_all(); count = stage.got().size() + 1)
            BOOST_TEST_REQUIRE(stage.got().wait_for(count));
    }
    else
    {
        BOOST_TEST(stage.got().wait_for(how.makes));
    }
    BOOST_TEST(stage.bench().graph.stop(20s) == 0U);
    const graph_totals totals = stage.bench().graph.totals();
    std::vector<std::string> made = stage.got().texts();
    BOOST_TEST(totals.accepted == made.size());
    BOOST_TEST(totals.delivered == made.size());
    std::ranges::sort(made);
    return made;
}

void compare_sources(const component_type& type, const exercise& how)
{
    const std::vector<std::string> once = made_by_source(type, how, 1, exchange::none);
    BOOST_TEST(once.size() == how.makes);
    for (const std::size_t lanes : {2, 4})
        BOOST_TEST(made_by_source(type, how, lanes, exchange::none) == once,
                   boost::test_tools::per_element());
}

// Each packet of the old version is among those of the new.
void compare_sources_across_a_deploy(const component_type& type, const exercise& how)
{
    const std::vector<std::string> once = made_by_source(type, how, 1, exchange::none);
    for (const std::size_t lanes : {1, 2, 4})
    {
        std::vector<std::string> twice = made_by_source(type, how, lanes, exchange::in_the_middle);
        std::vector<std::string> more;
        std::ranges::set_difference(twice, once, std::back_inserter(more));
        BOOST_TEST(std::ranges::includes(twice, once));
        BOOST_TEST(std::ranges::includes(once, more));
    }
}

outcome checked(const component_type& type, const exercise& how, std::size_t lanes,
                exchange exchange)
{
    outcome result = run_requests(type, how, requests, lanes, exchange);
    BOOST_TEST(result.settled, lanes << " lanes");
    BOOST_TEST(result.left == 0U, lanes << " lanes");
    for (const std::string& line : result.log)
        BOOST_ERROR("log: " << line);
    return result;
}

} // namespace

void gives_the_same_with_any_number_of_lanes(const component_type& type, const exercise& how)
{
    if (how.makes != 0)
        return compare_sources(type, how);
    const outcome alone = checked(type, how, 1, exchange::none);
    BOOST_TEST(alone.results.size() >= requests);
    for (const std::size_t lanes : {2, 4})
        BOOST_TEST(checked(type, how, lanes, exchange::none).results == alone.results,
                   boost::test_tools::per_element());
}

void gives_the_same_with_a_deploy_in_the_middle(const component_type& type, const exercise& how)
{
    if (how.makes != 0)
        return compare_sources_across_a_deploy(type, how);
    const outcome alone = checked(type, how, 1, exchange::none);
    for (const std::size_t lanes : {1, 2, 4})
        BOOST_TEST(checked(type, how, lanes, exchange::in_the_middle).results == alone.results,
                   boost::test_tools::per_element());
}

} // namespace penstock::host::tests
