// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/metrics_text.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <limits>

BOOST_AUTO_TEST_SUITE(metrics_text)

BOOST_AUTO_TEST_CASE(a_family_has_its_head_once_and_then_its_samples)
{
    penstock::host::api::metrics_text text;
    text.family("x_total", "counter", "How many x.");
    text.sample({{"graph", "a"}, {"node", "b"}}, 3);
    text.sample({}, 18446744073709551615U);
    BOOST_TEST(text.take() == "# HELP x_total How many x.\n"
                              "# TYPE x_total counter\n"
                              "x_total{graph=\"a\",node=\"b\"} 3\n"
                              "x_total 18446744073709551615\n");
}

BOOST_AUTO_TEST_CASE(numbers_are_short_and_have_the_names_that_prometheus_knows)
{
    using penstock::host::api::metrics_text;
    constexpr double infinity = std::numeric_limits<double>::infinity();
    BOOST_TEST(metrics_text::number(0.1) == "0.1");
    BOOST_TEST(metrics_text::number(3) == "3");
    BOOST_TEST(metrics_text::number(infinity) == "+Inf");
    BOOST_TEST(metrics_text::number(-infinity) == "-Inf");
    BOOST_TEST(metrics_text::number(std::numeric_limits<double>::quiet_NaN()) == "NaN");
    metrics_text text;
    text.family("x", "histogram", "");
    text.part("_bucket", {{"le", "1"}}, std::uint64_t{2});
    text.part("_sum", {}, 0.5);
    BOOST_TEST(text.take() == "# HELP x \n# TYPE x histogram\nx_bucket{le=\"1\"} 2\nx_sum 0.5\n");
}

BOOST_AUTO_TEST_CASE(help_and_labels_are_escaped)
{
    penstock::host::api::metrics_text text;
    text.family("x", "gauge", "a \\ b\n\"c\"");
    text.sample({{"l", "a\\b\n\"c\""}}, 1);
    BOOST_TEST(text.take() == "# HELP x a \\\\ b\\n\"c\"\n"
                              "# TYPE x gauge\n"
                              "x{l=\"a\\\\b\\n\\\"c\\\"\"} 1\n");
}

BOOST_AUTO_TEST_SUITE_END()
