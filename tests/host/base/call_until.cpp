// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/call_until.hpp"

#include <boost/test/unit_test.hpp>

#include <future>
#include <memory>
#include <stdexcept>

BOOST_AUTO_TEST_SUITE(calls_with_a_deadline)

using penstock::host::call_until;
using std::chrono::steady_clock;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(return_what_is_returned_in_time)
{
    BOOST_TEST(call_until(steady_clock::now() + 30s, [] { return 7; }).value() == 7);
    BOOST_CHECK_EXCEPTION(
        static_cast<void>(call_until(steady_clock::now() + 30s,
                                     []() -> int { throw std::runtime_error("told to fail"); })),
        std::runtime_error,
        [](const std::runtime_error& error)
        { return std::string(error.what()) == "told to fail"; });
}

BOOST_AUTO_TEST_CASE(return_nothing_at_their_deadline_and_let_the_work_go_on)
{
    const auto open = std::make_shared<std::promise<void>>();
    const auto ended = std::make_shared<std::promise<void>>();
    const auto none = call_until(steady_clock::now() + 1ms,
                                 [open, ended]
                                 {
                                     open->get_future().get();
                                     ended->set_value_at_thread_exit();
                                     return true;
                                 });
    BOOST_TEST(!none.has_value());
    open->set_value();
    ended->get_future().get();
}

BOOST_AUTO_TEST_SUITE_END()
