// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/net/session_deadline.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>

BOOST_AUTO_TEST_SUITE(session_deadlines)

using penstock::host::http::session_deadline;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(one_that_passes_is_told_until_another_is_set)
{
    boost::asio::io_context context;
    int missed = 0;
    session_deadline deadline(
        context.get_executor(),
        [&]
        {
            BOOST_TEST(deadline.passed());
            if (++missed == 3)
                deadline.set(session_deadline::never);
        },
        1ms);
    deadline.set(session_deadline::clock::now());
    context.run();
    BOOST_TEST(missed == 3);
    BOOST_TEST(!deadline.passed());
}

BOOST_AUTO_TEST_CASE(one_that_is_moved_back_is_waited_for_until_then)
{
    boost::asio::io_context context;
    int missed = 0;
    session_deadline deadline(context.get_executor(),
                              [&]
                              {
                                  ++missed;
                                  deadline.cancel();
                              });
    deadline.set(session_deadline::clock::now());
    const auto due = session_deadline::clock::now() + 20ms;
    deadline.set(due);
    context.run();
    BOOST_TEST(missed == 1);
    BOOST_TEST((session_deadline::clock::now() >= due));
}

// The timer, which is armed for the first deadline, has rung when it is cancelled, and is not heard
// until afterwards.
BOOST_AUTO_TEST_CASE(one_that_is_cancelled_while_the_timer_rings_is_not_waited_for)
{
    boost::asio::io_context context;
    session_deadline deadline(context.get_executor(), [] { BOOST_ERROR("it was cancelled"); });
    const auto now = session_deadline::clock::now();
    boost::asio::steady_timer before(context, now - 1ms);
    before.async_wait([&](boost::system::error_code) { deadline.cancel(); });
    deadline.set(now);
    deadline.set(now + 1h);
    context.poll();
    BOOST_TEST(context.stopped()); // nothing is left to wait for
}

BOOST_AUTO_TEST_SUITE_END()
