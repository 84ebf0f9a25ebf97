// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/app/reloads.hpp"

#include "host/app/signals.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <future>
#include <memory>

#include <signal.h>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(the_reloads)

using penstock::host::instruction;
using penstock::host::reloads;
using penstock::host::signals;

namespace
{

void tell(int signal)
{
    ::kill(::getpid(), signal);
}

} // namespace

BOOST_AUTO_TEST_CASE(what_is_asked_for_during_a_reload_begins_behind_it)
{
    signals told;
    std::atomic<int> begun = 0;
    reloads all(
        told,
        [&]
        {
            if (++begun == 1)
                tell(SIGHUP);
        },
        2);
    tell(SIGHUP);
    for (int i = 0; i < 2; ++i)
    {
        BOOST_TEST((told.wait() == instruction::reload));
        all.next();
        BOOST_TEST(begun == i + 1);
    }
    tell(SIGTERM);
    BOOST_TEST((told.wait() == instruction::stop));
    BOOST_TEST(!all.is_any_left());
}

BOOST_AUTO_TEST_CASE(one_that_was_left_goes_on_and_none_is_begun_beside_it)
{
    struct shared
    {
        std::atomic<int> begun = 0;
        std::promise<void> goes_on;
        std::promise<void> ended;
    };
    const auto of = std::make_shared<shared>();
    signals told;
    reloads all(
        told,
        [of]
        {
            if (++of->begun > 1)
                return;
            tell(SIGHUP);
            tell(SIGTERM);
            tell(SIGINT);
            of->goes_on.get_future().wait();
            of->ended.set_value();
        },
        2);
    all.next();
    BOOST_TEST(all.is_any_left());
    for (int i = 0; i < 2; ++i) // signals of different numbers come in any order
        if (told.wait() == instruction::reload)
            all.next();
    all.next();
    BOOST_TEST(of->begun == 1);
    BOOST_TEST(all.is_any_left());
    of->goes_on.set_value();
    of->ended.get_future().wait();
}

BOOST_AUTO_TEST_SUITE_END()
