// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/version.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(versions)

using namespace penstock::host;

BOOST_AUTO_TEST_CASE(numbers_are_compared_by_value)
{
    const auto before = [](const char* a, const char* b)
    { return compare_versions(a, b) < 0 && compare_versions(b, a) > 0; };
    BOOST_TEST(before("1.9", "1.10"));
    BOOST_TEST(before("1.2", "1.2.0"));
    BOOST_TEST(before("1.2.9", "2"));
    BOOST_TEST(before("9", "18446744073709551617"));
    BOOST_TEST(before("1.0", "1.0-beta"));
    BOOST_TEST(before("", "0"));
    BOOST_TEST((compare_versions("1.02", "1.2") == 0));
    BOOST_TEST((compare_versions("1.a", "1.a") == 0));
}

BOOST_AUTO_TEST_CASE(a_pin_is_met_by_what_refines_it)
{
    BOOST_TEST(satisfies("1.2.7", "1.2"));
    BOOST_TEST(satisfies("1.2", "1.2"));
    BOOST_TEST(!satisfies("1.20", "1.2"));
    BOOST_TEST(!satisfies("1", "1.2"));
}

BOOST_AUTO_TEST_CASE(only_what_can_be_part_of_a_file_name_is_a_version)
{
    for (const char* good : {"1", "1.2.3", "2024-11-24", "1.0~rc1", "1.0+git", "v1"})
        BOOST_TEST(is_version(good), good);
    for (const char* bad : {"", ".", "..", "../1", "1/2", "1 2", "-1", "1@2", "1\n"})
        BOOST_TEST(!is_version(bad), bad);
    BOOST_TEST(!is_version(std::string(65, '1')));
}

BOOST_AUTO_TEST_SUITE_END()
