// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/stack_report.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <future>
#include <string>
#include <thread>

#include <unistd.h>

BOOST_AUTO_TEST_SUITE(stack_reports)

using penstock::host::supervise::stack_report;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(a_thread_that_is_busy_tells_where_it_is)
{
    stack_report::install();
    std::promise<pid_t> busy;
    std::atomic<bool> may_end = false;
    std::jthread thread(
        [&]
        {
            busy.set_value(::gettid());
            while (!may_end)
                continue;
        });
    const std::string calls = stack_report::of(busy.get_future().get(), 20s);
    may_end = true;
    BOOST_TEST(calls.find("supervise_test+0x") != std::string::npos, calls);
    BOOST_TEST(calls.find("libc.so") != std::string::npos, calls);
}

BOOST_AUTO_TEST_CASE(a_thread_that_is_not_there_tells_nothing)
{
    stack_report::install();
    BOOST_TEST(stack_report::of(0, 20s).empty());
    std::promise<pid_t> told;
    std::thread([&] { told.set_value(::gettid()); }).join();
    BOOST_TEST(stack_report::of(told.get_future().get(), 20s).empty());
}

BOOST_AUTO_TEST_SUITE_END()
