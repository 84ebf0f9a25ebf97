// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/api/background_pool.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <future>

BOOST_AUTO_TEST_SUITE(background_pools)

using penstock::host::api::background_pool;
using std::chrono::steady_clock;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(do_their_jobs_one_after_the_other)
{
    background_pool pool;
    int done = 0;
    std::promise<void> last;
    for (int i = 0; i < 9; ++i)
        BOOST_TEST(pool.take([&] { ++done; }));
    BOOST_TEST(pool.take([&] { last.set_value(); }));
    last.get_future().get();
    BOOST_TEST(done == 9);
}

BOOST_AUTO_TEST_CASE(refuse_what_they_have_no_room_for)
{
    std::promise<void> begun;
    std::promise<void> goes_on;
    background_pool pool({.most = 1});
    BOOST_TEST(pool.take(
        [&]
        {
            begun.set_value();
            goes_on.get_future().get();
        }));
    begun.get_future().get();
    BOOST_TEST(pool.take([] {}));
    BOOST_TEST(!pool.take([] {}));
    goes_on.set_value();
}

BOOST_AUTO_TEST_CASE(do_not_begin_what_has_waited_too_long_and_say_so)
{
    std::promise<void> begun;
    std::promise<void> goes_on;
    std::promise<void> late;
    std::promise<void> next;
    bool is_begun = false;
    background_pool pool({.patience = 1ms});
    BOOST_TEST(pool.take(
        [&]
        {
            begun.set_value();
            goes_on.get_future().get();
        }));
    begun.get_future().get();
    BOOST_TEST(pool.take([&] { is_begun = true; }, [&] { late.set_value(); }));
    BOOST_TEST((late.get_future().wait_for(30s) == std::future_status::ready));
    goes_on.set_value();
    background_pool patient;
    BOOST_TEST(patient.take([&] { next.set_value(); }, [] { BOOST_ERROR("it had a thread"); }));
    next.get_future().get();
    BOOST_TEST(!is_begun);
}

BOOST_AUTO_TEST_CASE(tell_at_their_end_that_a_job_does_not_end_and_begin_no_other)
{
    std::promise<void> begun;
    std::promise<void> goes_on;
    bool is_begun = false;
    {
        background_pool pool;
        BOOST_TEST(pool.take(
            [&]
            {
                begun.set_value();
                goes_on.get_future().get();
            }));
        BOOST_TEST(pool.take([&] { is_begun = true; }));
        begun.get_future().get();
        BOOST_TEST(!pool.end(steady_clock::now()));
        goes_on.set_value();
        BOOST_TEST(pool.end(steady_clock::now() + 30s));
    }
    BOOST_TEST(!is_begun);
}

BOOST_AUTO_TEST_SUITE_END()
