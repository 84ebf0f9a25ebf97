// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/app/signals.hpp"

#include <boost/test/unit_test.hpp>

#include <future>
#include <memory>
#include <stdexcept>
#include <thread>

#include <signal.h>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(the_signals)

using penstock::host::instruction;
using penstock::host::signals;

namespace
{

void send(int signal)
{
    ::kill(::getpid(), signal);
}

} // namespace

BOOST_AUTO_TEST_CASE(an_instruction_is_there_when_it_is_waited_for)
{
    signals told;
    send(SIGHUP);
    BOOST_TEST((told.wait() == instruction::reload));
    send(SIGINT);
    BOOST_TEST((told.wait() == instruction::stop));
    signals::recover();
    BOOST_TEST((told.wait() == instruction::recover));
}

BOOST_AUTO_TEST_CASE(work_is_done_on_another_thread_and_hands_on_what_it_throws)
{
    signals told;
    std::thread::id where;
    BOOST_TEST(told.work([&] { where = std::this_thread::get_id(); }, 1));
    BOOST_TEST((where != std::this_thread::get_id()));
    BOOST_CHECK_THROW((void)told.work([] { throw std::runtime_error("no"); }, 1),
                      std::runtime_error);
}

BOOST_AUTO_TEST_CASE(what_comes_while_work_is_done_is_there_afterwards)
{
    signals told;
    BOOST_TEST(told.work([] { send(SIGHUP); }, 1));
    BOOST_TEST((told.wait() == instruction::reload));
    send(SIGTERM);
    BOOST_TEST((told.wait() == instruction::stop));
}

BOOST_AUTO_TEST_CASE(a_request_to_stop_within_ones_patience_is_there_afterwards)
{
    signals told;
    BOOST_TEST(told.work([] { send(SIGTERM); }, 2));
    BOOST_TEST((told.wait() == instruction::stop));
}

BOOST_AUTO_TEST_CASE(work_that_someone_asks_twice_to_stop_is_left)
{
    signals told;
    std::promise<void> goes_on;
    const auto ended = std::make_shared<std::promise<void>>();
    const auto work = [ended, until = goes_on.get_future().share()]
    {
        send(SIGTERM);
        send(SIGINT);
        until.wait();
        ended->set_value();
    };
    BOOST_TEST(!told.work(work, 2));
    goes_on.set_value();
    ended->get_future().wait();
}

BOOST_AUTO_TEST_SUITE_END()
