// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/log.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(log_lines)

using namespace penstock::host;
using penstock::severity;

BOOST_AUTO_TEST_CASE(a_line_says_when_how_urgent_who_and_what)
{
    BOOST_TEST(log_line("2026-01-02T03:04:05.678Z", severity::warning, "catalogue/index", "slow") ==
               "2026-01-02T03:04:05.678Z warning catalogue/index: slow\n");
    BOOST_TEST(log_line("now", severity::information, "", "listening") == "now info listening\n");
}

BOOST_AUTO_TEST_CASE(what_a_component_says_stays_on_its_line)
{
    BOOST_TEST(log_line("now", severity::error, "g", "one\ntwo\x1b[2J") ==
               "now error g: one\\ntwo\\x1b[2J\n");
    BOOST_TEST(log_line("now", severity::error, "g", "a\u009b2J\x9b") ==
               "now error g: a\\xc2\\x9b2J\\x9b\n");
}

BOOST_AUTO_TEST_SUITE_END()
