// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/groups/gathering.hpp"

#include "tests/host/journal/groups/appends.hpp"

#include <boost/test/unit_test.hpp>

#include <future>

BOOST_AUTO_TEST_SUITE(commits_that_wait)

using namespace penstock::host;
using namespace penstock::host::testing;
using namespace std::chrono_literals;

namespace
{

/// A commit that is expected to have five entries, and may wait for an hour.
struct a_commit
{
    a_commit()
    {
        waits.committed(5, 0, 2h);
        push(1);
    }

    void push(entry_number number, std::string body = "body")
    {
        std::lock_guard lock(mutex);
        if (queue.push(append_of(number, true, std::move(body))))
            changed.notify_one();
    }

    /// Waits on another thread, which has begun to; returns how many entries there are then.
    std::future<std::size_t> wait()
    {
        auto found = std::async(std::launch::async,
                                [this]
                                {
                                    std::unique_lock lock(mutex);
                                    begins = true;
                                    waits.wait(lock, changed, queue, {128, 1'000}, stops);
                                    return queue.awaited();
                                });
        for (bool has_begun = false; !has_begun;)
        {
            std::lock_guard lock(mutex); // which the other lets go of to wait
            has_begun = begins;
        }
        return found;
    }

    gathering waits{1h};
    std::mutex mutex;
    std::condition_variable changed;
    operation_queue queue;
    bool stops = false;
    bool begins = false;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_commit_waits_until_all_that_are_expected_have_come, a_commit)
{
    std::future<std::size_t> found = wait();
    for (entry_number each = 2; each <= 5; ++each)
        push(each);
    BOOST_TEST(found.get() == 5U);
}

BOOST_FIXTURE_TEST_CASE(a_commit_waits_for_no_more_than_it_takes, a_commit)
{
    std::future<std::size_t> found = wait();
    push(2, std::string(1'000, 'x'));
    BOOST_TEST(found.get() == 2U);
}

BOOST_FIXTURE_TEST_CASE(a_commit_waits_for_nobody_at_the_end, a_commit)
{
    std::future<std::size_t> found = wait();
    {
        std::lock_guard lock(mutex);
        stops = true;
        changed.notify_one();
    }
    BOOST_TEST(found.get() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_commit_goes_on_if_none_comes, a_commit)
{
    gathering brief(1us);
    brief.committed(5, 0, 2h);
    waits = brief;
    BOOST_TEST(wait().get() == 1U);
}

BOOST_AUTO_TEST_CASE(a_commit_waits_for_as_many_entries_as_were_on_their_way)
{
    gathering waits(1s);
    BOOST_TEST(waits.expected() == 0U); // nothing is known yet
    waits.committed(20, 44, 4ms);
    BOOST_TEST(waits.expected() == 64U);
    waits.committed(60, 0, 4ms);
    BOOST_TEST(waits.expected() == 60U);
}

BOOST_AUTO_TEST_CASE(a_commit_waits_for_less_than_commits_take)
{
    gathering waits(1s);
    waits.committed(64, 0, 4ms);
    BOOST_TEST((waits.longest() == 3ms));
    BOOST_TEST((waits.pause() == 2ms));
    waits.committed(64, 0, 8ms);
    BOOST_TEST((waits.longest() > 3ms));
    BOOST_TEST((waits.longest() < 6ms)); // one that took long may be followed by a short one
}

BOOST_AUTO_TEST_CASE(a_commit_waits_no_longer_than_is_set)
{
    gathering waits(500us);
    waits.committed(64, 0, 1s);
    BOOST_TEST((waits.longest() == 500us));
    BOOST_TEST(waits.expected() == 64U);
}

BOOST_AUTO_TEST_CASE(few_clients_wait_for_nobody)
{
    gathering waits(1s);
    waits.committed(1, 0, 4ms);
    BOOST_TEST(waits.expected() == 0U);
    waits.committed(2, 2, 4ms);
    BOOST_TEST(waits.expected() == 0U);
    waits.committed(2, 3, 4ms);
    BOOST_TEST(waits.expected() == 5U);
    waits.committed(1, 0, 4ms);
    BOOST_TEST(waits.expected() == 0U);
}

BOOST_AUTO_TEST_CASE(nothing_waits_if_the_longest_wait_is_0)
{
    gathering off(0s);
    off.committed(64, 64, 4ms);
    BOOST_TEST(off.expected() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
