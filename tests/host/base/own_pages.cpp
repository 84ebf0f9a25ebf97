// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/own_pages.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <new>
#include <utility>
#include <vector>

#include <sys/mman.h>

namespace penstock::host
{

namespace
{

constexpr std::size_t some = 100'000; // bytes, and no whole pages

/// Returns whether there is memory at a place.
bool is_mapped(std::byte* place)
{
    unsigned char resident = 0;
    return ::mincore(place, 1, &resident) == 0;
}

} // namespace

BOOST_AUTO_TEST_SUITE(own_pages_of_large_things)

BOOST_AUTO_TEST_CASE(they_are_zero_and_can_be_written_to)
{
    own_pages pages(some);
    BOOST_REQUIRE(pages.bytes().size() == some);
    BOOST_TEST(std::ranges::count(pages.bytes(), std::byte{0}) == static_cast<long>(some));
    pages.bytes().back() = std::byte{7};
    BOOST_TEST((std::as_const(pages).bytes().back() == std::byte{7}));
}

BOOST_AUTO_TEST_CASE(they_go_back_to_the_system_when_they_end)
{
    std::byte* place = nullptr;
    {
        own_pages pages(some);
        place = pages.bytes().data();
        BOOST_TEST(is_mapped(place));
    }
    BOOST_TEST(!is_mapped(place));
}

BOOST_AUTO_TEST_CASE(those_that_are_moved_end_once)
{
    own_pages first(some);
    first.bytes().front() = std::byte{7};
    own_pages second(std::move(first));
    own_pages third(0);
    third = std::move(second);
    BOOST_REQUIRE(third.bytes().size() == some);
    BOOST_TEST((third.bytes().front() == std::byte{7}));
}

BOOST_AUTO_TEST_CASE(none_are_needed_for_nothing)
{
    BOOST_TEST(own_pages(0).bytes().empty());
}

BOOST_AUTO_TEST_CASE(more_than_there_can_be_is_refused)
{
    BOOST_CHECK_THROW(own_pages(std::numeric_limits<std::size_t>::max() / 2), std::bad_alloc);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
