// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/sha256.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(sha256_of_a_text)

using namespace penstock::host;

BOOST_AUTO_TEST_CASE(is_the_published_hash) // FIPS 180-4, and NIST's examples
{
    BOOST_TEST(to_hex(sha256("")) ==
               "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    BOOST_TEST(to_hex(sha256("abc")) ==
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

BOOST_AUTO_TEST_CASE(is_read_from_its_bytes_and_from_no_others)
{
    const sha256_digest digest = sha256("abc");
    BOOST_TEST(view_of(digest).size() == 32U);
    BOOST_TEST((digest_of(view_of(digest)) == digest));
    BOOST_TEST(!digest_of(view_of(digest).substr(1)).has_value());
    BOOST_TEST(!digest_of("").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
