// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/idempotency.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(idempotency_keys)

using namespace std::chrono_literals;
using penstock::host::receipt;
using penstock::host::api::idempotency;
using verdict = idempotency::verdict;

namespace
{

std::shared_ptr<const receipt> make_receipt()
{
    return std::make_shared<receipt>(penstock::host::issue{1, {1, 2}}, "graph");
}

} // namespace

BOOST_AUTO_TEST_CASE(a_key_in_progress_is_refused_until_it_has_a_receipt)
{
    idempotency keys;
    BOOST_CHECK(keys.take("k", 1).is == verdict::fresh);
    BOOST_CHECK(keys.take("k", 1).is == verdict::in_progress);
    const auto first = make_receipt();
    keys.accept("k", first);
    const auto again = keys.take("k", 1);
    BOOST_CHECK(again.is == verdict::repeated);
    BOOST_CHECK(again.first == first);
}

BOOST_AUTO_TEST_CASE(another_body_is_told_apart_even_in_progress)
{
    idempotency keys;
    BOOST_CHECK(keys.take("k", 1).is == verdict::fresh);
    BOOST_CHECK(keys.take("k", 2).is == verdict::other_body);
}

BOOST_AUTO_TEST_CASE(a_refused_request_gives_its_key_up)
{
    idempotency keys;
    BOOST_CHECK(keys.take("k", 1).is == verdict::fresh);
    keys.forget("k");
    BOOST_CHECK(keys.take("k", 2).is == verdict::fresh);
}

BOOST_AUTO_TEST_CASE(a_key_is_forgotten_when_its_window_ends)
{
    idempotency keys(10, 1h);
    const auto now = idempotency::clock::now();
    BOOST_CHECK(keys.take("k", 1, now).is == verdict::fresh);
    keys.accept("k", make_receipt());
    BOOST_CHECK(keys.take("k", 1, now + 59min).is == verdict::repeated);
    BOOST_CHECK(keys.take("k", 1, now + 60min).is == verdict::fresh);
}

BOOST_AUTO_TEST_CASE(the_oldest_key_makes_room_for_a_new_one)
{
    idempotency keys(2, 1h);
    for (const char* each : {"a", "b", "c"})
    {
        BOOST_CHECK(keys.take(each, 1).is == verdict::fresh);
        keys.accept(each, make_receipt());
    }
    BOOST_CHECK(keys.take("c", 1).is == verdict::repeated);
    BOOST_CHECK(keys.take("a", 1).is == verdict::fresh);
}

BOOST_AUTO_TEST_CASE(a_key_taken_again_does_not_end_with_its_first_use)
{
    idempotency keys(10, 1h);
    const auto now = idempotency::clock::now();
    BOOST_CHECK(keys.take("k", 1, now).is == verdict::fresh);
    keys.forget("k");
    BOOST_CHECK(keys.take("k", 1, now + 30min).is == verdict::fresh);
    BOOST_CHECK(keys.take("k", 1, now + 61min).is == verdict::in_progress);
}

BOOST_AUTO_TEST_SUITE_END()
