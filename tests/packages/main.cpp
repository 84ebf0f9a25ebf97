// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Makes one suite of cases for each component that the packages of this build hold.
#include "tests/packages/cases.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <exception>
#include <iostream>
#include <set>
#include <string>
#include <utility>

namespace
{

using namespace penstock::host;
using namespace penstock::host::tests;

using check = void (*)(const component_type&, const exercise&);

constexpr std::pair<const char*, check> checks[] = {
    {"is_described", is_described},
    {"has_names_that_can_be_typed", has_names_that_can_be_typed},
    {"fits_its_category", fits_its_category},
    {"takes_its_parameters_back", takes_its_parameters_back},
    {"refuses_values_that_its_schema_refuses", refuses_values_that_its_schema_refuses},
    {"touches_nothing_when_constructed", touches_nothing_when_constructed},
    {"ends_at_end_of_stream", ends_at_end_of_stream},
    {"stops_when_cancelled_in_the_middle", stops_when_cancelled_in_the_middle},
    {"survives_an_empty_packet", survives_an_empty_packet},
    {"ends_packets_as_in_a_test_of_its_own", ends_packets_as_in_a_test_of_its_own},
    {"survives_hostile_packets", survives_hostile_packets},
    {"ends_hostile_bodies_within_limits", ends_hostile_bodies_within_limits},
    {"runs_or_refuses_to_start_with_odd_parameters", runs_or_refuses_to_start_with_odd_parameters},
    {"gives_the_same_with_any_number_of_lanes", gives_the_same_with_any_number_of_lanes},
    {"gives_the_same_with_a_deploy_in_the_middle", gives_the_same_with_a_deploy_in_the_middle},
};

void add_component(boost::unit_test::test_suite& all, std::shared_ptr<const component_type> type)
{
    std::string name = type->id;
    std::ranges::replace(name, '/', '_');
    auto* suite = BOOST_TEST_SUITE(name);
    for (const auto& [behaviour, run] : checks)
        suite->add(boost::unit_test::make_test_case(
            [run, type] { run(*type, exercise_of(type->id)); }, behaviour, __FILE__, __LINE__));
    all.add(suite);
}

bool add_components()
{
    try
    {
        auto& all = boost::unit_test::framework::master_test_suite();
        all.p_name.value = "conformance";
        for (const auto& type : packages().all())
            add_component(all, type);
        return true;
    }
    catch (const std::exception& error)
    {
        std::cerr << error.what() << '\n';
        return false;
    }
}

} // namespace

int main(int count, char* arguments[])
{
    return boost::unit_test::unit_test_main(&add_components, count, arguments);
}

BOOST_AUTO_TEST_SUITE(catalogue)

BOOST_AUTO_TEST_CASE(refuses_no_package_of_the_tree)
{
    BOOST_TEST(!packages().all().empty());
    for (const auto& list : {packages().refusals(), packages().warnings()})
        for (const problem& each : list)
            BOOST_ERROR(to_string(each));
}

BOOST_AUTO_TEST_CASE(has_an_exercise_for_each_component_and_no_other)
{
    std::set<std::string> components;
    for (const auto& type : packages().all())
        components.insert(type->id);
    std::set<std::string> exercised;
    for (const exercise& each : exercises())
        BOOST_TEST(exercised.insert(each.component).second, each.component << ": is there twice");
    BOOST_TEST(components == exercised, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
