// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "seen_keys.hpp"

#include "key_hash.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <string>

using route_package::seen_keys;

BOOST_AUTO_TEST_SUITE(route_seen_keys)

namespace
{

penstock::packet_id id(std::uint64_t n)
{
    return {n, n};
}

} // namespace

BOOST_AUTO_TEST_CASE(a_hash_is_that_of_the_paper)
{
    std::string text;
    for (char c = 0; c < 15; ++c)
        text += c;
    BOOST_TEST(route_package::hash_of(text, {0x0706050403020100, 0x0f0e0d0c0b0a0908}) ==
               0xa129ca6149be45e5);
}

BOOST_AUTO_TEST_CASE(a_key_that_was_seen_with_another_packet_is_a_duplicate)
{
    seen_keys seen(100, 10);
    BOOST_TEST(!seen.is_duplicate(7, id(1), 0));
    BOOST_TEST(seen.is_duplicate(7, id(2), 99));
    BOOST_TEST(!seen.is_duplicate(7, id(1), 99)); // it comes again
    BOOST_TEST(!seen.is_duplicate(8, id(3), 99));
}

BOOST_AUTO_TEST_CASE(a_key_is_forgotten_when_the_window_is_over)
{
    seen_keys seen(100, 10);
    BOOST_TEST(!seen.is_duplicate(7, id(1), 0));
    BOOST_TEST(!seen.is_duplicate(7, id(2), 100));
    BOOST_TEST(seen.is_duplicate(7, id(3), 199));
}

BOOST_AUTO_TEST_CASE(the_oldest_is_forgotten_when_there_are_too_many)
{
    seen_keys seen(100, 2);
    for (std::uint64_t key : {1, 2, 3})
        BOOST_TEST(!seen.is_duplicate(key, id(key), 0));
    BOOST_TEST(seen.is_duplicate(3, id(9), 0));
    BOOST_TEST(seen.is_duplicate(2, id(9), 0));
    BOOST_TEST(!seen.is_duplicate(1, id(9), 0));
}

BOOST_AUTO_TEST_CASE(one_key_may_be_forgotten_and_come_again)
{
    seen_keys seen(100, 2);
    BOOST_TEST(!seen.is_duplicate(1, id(1), 0));
    seen.forget(1);
    seen.forget(5);
    BOOST_TEST(!seen.is_duplicate(1, id(2), 50));
    BOOST_TEST(seen.is_duplicate(1, id(3), 120)); // its window began anew
}

BOOST_AUTO_TEST_CASE(keys_that_are_forgotten_and_come_again_take_no_more_memory)
{
    seen_keys seen(100, 2);
    BOOST_TEST(!seen.is_duplicate(1, id(1), 0));
    for (std::uint64_t n = 0; n < 10'000; ++n)
    {
        BOOST_TEST(!seen.is_duplicate(2, id(2), 0));
        seen.forget(2);
    }
    BOOST_TEST(seen.places() < 1100u);
    BOOST_TEST(seen.is_duplicate(1, id(3), 99));
    BOOST_TEST(!seen.is_duplicate(1, id(3), 100));
}

BOOST_AUTO_TEST_CASE(a_text_of_them_is_read_back)
{
    seen_keys seen(100, 10);
    (void)seen.is_duplicate(0xffffffffffffffff, id(1), 5);
    (void)seen.is_duplicate(2, {0, 3}, 60);
    seen.forget(9);
    seen_keys again(100, 10);
    again.read(std::string(seen.text()));
    BOOST_TEST(again.text() == seen.text());
    BOOST_TEST(again.is_duplicate(2, id(7), 104));
    BOOST_TEST(!again.is_duplicate(0xffffffffffffffff, id(7), 105));
    BOOST_CHECK_THROW(again.read("12"), std::invalid_argument);
    BOOST_CHECK_THROW(again.read(std::string(64, 'x')), std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()
