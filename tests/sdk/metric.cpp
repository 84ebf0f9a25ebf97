// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "scripted_runtime.hpp"

#include <penstock/sdk.hpp>
#include <penstock/testing/run.hpp>

#include <boost/test/unit_test.hpp>

#include <limits>
#include <stdexcept>

BOOST_AUTO_TEST_SUITE(metrics)

namespace
{

struct measured final : penstock::component
{
    penstock::input in{*this, "in"};
    penstock::counter seen{*this, "seen", "Packets that came."};
    penstock::gauge last{*this, "last", "The last number."};
    penstock::histogram sizes{*this, "sizes", "The numbers.", {1, 10}};

    void run() override
    {
        while (auto packet = in.receive())
        {
            const double number = packet->get("n").to_number<double>();
            seen.add();
            last.set(number);
            last.add(0.5);
            sizes.observe(number);
            drop(std::move(*packet));
        }
    }
};

struct owner : penstock::component
{
    void run() override {}
};

} // namespace

BOOST_AUTO_TEST_CASE(a_component_declares_its_metrics_in_order)
{
    const measured fresh;
    const auto found = penstock::describe(fresh).metrics;
    BOOST_TEST_REQUIRE(found.size() == 3u);
    BOOST_TEST(found[0].name == "seen");
    BOOST_TEST(found[0].help == "Packets that came.");
    BOOST_TEST(penstock::name_of(found[1].kind) == "gauge");
    BOOST_TEST(penstock::name_of(found[2].kind) == "histogram");
    BOOST_TEST(found[2].bounds == (std::vector<double>{1, 10}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(names_and_bounds_are_checked)
{
    owner owner;
    const penstock::counter first(owner, "first", "");
    BOOST_CHECK_THROW(penstock::gauge(owner, "first", ""), std::invalid_argument);
    BOOST_CHECK_THROW(penstock::counter(owner, "No", ""), std::invalid_argument);
    for (const std::vector<double>& bounds :
         {std::vector<double>{}, {1, 1}, {2, 1}, {1, std::numeric_limits<double>::infinity()}})
        BOOST_CHECK_THROW(penstock::histogram(owner, "other", "", bounds), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(a_value_falls_into_the_first_bucket_whose_bound_it_does_not_exceed)
{
    owner owner;
    penstock::histogram sizes(owner, "sizes", "", {1, 10});
    for (const double each : {0.5, 1.0, 1.5, 10.0, 11.0})
        sizes.observe(each);
    const auto* cells = penstock::detail::metric_access::cells(sizes);
    BOOST_TEST(cells[0].load() == 2u);
    BOOST_TEST(cells[1].load() == 2u);
    BOOST_TEST(cells[2].load() == 1u);
    BOOST_TEST(std::bit_cast<double>(cells[3].load()) == 24.0);
}

BOOST_AUTO_TEST_CASE(a_test_run_tells_them)
{
    const auto result = penstock::testing::run<measured>({}, numbered(1, 3));
    BOOST_TEST(result.metrics.at("seen") == 3);
    BOOST_TEST(result.metrics.at("last") == 3.5);
    BOOST_TEST(result.metrics.at("sizes") == 3);
}

BOOST_AUTO_TEST_SUITE_END()
