// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/http/metrics_text.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(metrics_text)

BOOST_AUTO_TEST_CASE(a_family_has_its_head_once_and_then_its_samples)
{
    penstock::host::http::metrics_text text;
    text.family("x_total", "counter", "How many x.");
    text.sample({{"graph", "a"}, {"node", "b"}}, 3);
    text.sample({}, 18446744073709551615U);
    BOOST_TEST(text.take() == "# HELP x_total How many x.\n"
                              "# TYPE x_total counter\n"
                              "x_total{graph=\"a\",node=\"b\"} 3\n"
                              "x_total 18446744073709551615\n");
}

BOOST_AUTO_TEST_CASE(help_and_labels_are_escaped)
{
    penstock::host::http::metrics_text text;
    text.family("x", "gauge", "a \\ b\n\"c\"");
    text.sample({{"l", "a\\b\n\"c\""}}, 1);
    BOOST_TEST(text.take() == "# HELP x a \\\\ b\\n\"c\"\n"
                              "# TYPE x gauge\n"
                              "x{l=\"a\\\\b\\n\\\"c\\\"\"} 1\n");
}

BOOST_AUTO_TEST_SUITE_END()
