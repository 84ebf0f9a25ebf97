// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/api/background_pool.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <string>
#include <string_view>
#include <thread>

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
        BOOST_TEST(pool.take({.run = [&] { ++done; }}));
    BOOST_TEST(pool.take({.run = [&] { last.set_value(); }}));
    last.get_future().get();
    BOOST_TEST(done == 9);
}

BOOST_AUTO_TEST_CASE(refuse_what_they_have_no_room_for)
{
    std::promise<void> begun;
    std::promise<void> goes_on;
    background_pool pool({.most = 1});
    BOOST_TEST(pool.take({.run = [&]
                          {
                              begun.set_value();
                              goes_on.get_future().get();
                          }}));
    begun.get_future().get();
    BOOST_TEST(pool.take({.run = [] {}}));
    BOOST_TEST(!pool.take({.run = [] {}}));
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
    BOOST_TEST(pool.take({.run = [&]
                          {
                              begun.set_value();
                              goes_on.get_future().get();
                          }}));
    begun.get_future().get();
    BOOST_TEST(pool.take(
        {.run = [&] { is_begun = true; }, .refuse = [&](std::string_view) { late.set_value(); }}));
    BOOST_TEST((late.get_future().wait_for(30s) == std::future_status::ready));
    goes_on.set_value();
    background_pool patient;
    BOOST_TEST(patient.take({.run = [&] { next.set_value(); },
                             .refuse = [](std::string_view) { BOOST_ERROR("it had a thread"); }}));
    next.get_future().get();
    BOOST_TEST(!is_begun);
}

BOOST_AUTO_TEST_CASE(count_the_time_of_a_job_from_when_it_was_taken_if_told_so)
{
    std::promise<void> begun;
    std::promise<void> goes_on;
    std::promise<void> late;
    background_pool pool({.longest = 1ms, .counts_waiting = true, .replacements = 0});
    const auto taken = steady_clock::now();
    BOOST_TEST(pool.take({.run =
                              [&]
                          {
                              begun.set_value();
                              goes_on.get_future().get();
                          },
                          .refuse = [&](std::string_view) { late.set_value(); }}));
    begun.get_future().get();
    BOOST_TEST((late.get_future().wait_for(30s) == std::future_status::ready));
    BOOST_TEST((steady_clock::now() - taken >= 1ms));
    goes_on.set_value();
}

BOOST_AUTO_TEST_CASE(tell_at_their_end_that_a_job_does_not_end_and_refuse_those_that_wait)
{
    std::promise<void> begun;
    std::promise<void> goes_on;
    bool is_begun = false;
    {
        std::string why;
        background_pool pool;
        BOOST_TEST(pool.take({.run =
                                  [&]
                              {
                                  begun.set_value();
                                  goes_on.get_future().get();
                              },
                              .refuse = [&](std::string_view reason) { why = reason; }}));
        std::string waited;
        BOOST_TEST(pool.take({.run = [&] { is_begun = true; },
                              .refuse = [&](std::string_view reason) { waited = reason; }}));
        begun.get_future().get();
        BOOST_TEST(!pool.end(steady_clock::now()));
        BOOST_TEST(waited == "the host is stopping, and has not begun the work for this request");
        pool.leave_behind("the end");
        BOOST_TEST(why == "the end");
        goes_on.set_value();
        BOOST_TEST(pool.end(steady_clock::now() + 30s));
    }
    BOOST_TEST(!is_begun);
}

BOOST_AUTO_TEST_CASE(name_a_job_that_takes_too_long_until_it_ends_and_tell_who_waits_for_it)
{
    std::promise<std::string> refused;
    std::promise<std::string> warned;
    std::promise<std::string> calmed;
    std::promise<void> goes_on;
    int warnings = 0;
    background_pool pool({.longest = 1ms, .warn = [&](std::string_view text) {
                              (warnings++ == 0 ? warned : calmed).set_value(std::string(text));
                          }});
    const auto before = std::chrono::system_clock::now();
    BOOST_TEST(
        pool.take({.run = [&] { goes_on.get_future().get(); },
                   .refuse = [&](std::string_view why) { refused.set_value(std::string(why)); },
                   .name = "GET /x"}));
    BOOST_TEST(warned.get_future().get() ==
               "GET /x has not ended within 1ms, and another thread does others' work");
    BOOST_TEST(refused.get_future().get().find("has not ended within 1ms") != std::string::npos);
    BOOST_REQUIRE(pool.overdue().size() == 1);
    BOOST_TEST(pool.overdue().front().name == "GET /x");
    BOOST_TEST((pool.overdue().front().since >= before));
    goes_on.set_value();
    BOOST_TEST(calmed.get_future().get() == "GET /x has ended after all");
    BOOST_TEST(pool.overdue().empty());
}

BOOST_AUTO_TEST_CASE(do_other_jobs_beside_one_that_takes_too_long_if_they_have_a_thread_left)
{
    std::promise<void> late;
    std::promise<void> goes_on;
    std::promise<void> done;
    background_pool pool({.threads = 2, .longest = 1ms});
    BOOST_TEST(pool.take({.run = [&] { goes_on.get_future().get(); },
                          .refuse = [&](std::string_view) { late.set_value(); }}));
    late.get_future().get();
    BOOST_TEST(pool.take({.run = [&] { done.set_value(); }}));
    done.get_future().get();
    BOOST_TEST(!pool.end(steady_clock::now()));
    goes_on.set_value();
}

BOOST_AUTO_TEST_CASE(have_another_thread_in_place_of_one_whose_job_takes_too_long)
{
    std::promise<void> late;
    std::promise<void> goes_on;
    std::promise<void> done;
    background_pool pool({.longest = 1ms});
    BOOST_TEST(pool.take({.run = [&] { goes_on.get_future().get(); },
                          .refuse = [&](std::string_view) { late.set_value(); }}));
    late.get_future().get();
    BOOST_TEST_REQUIRE(pool.overdue().size() == 1U);
    BOOST_TEST(pool.overdue().front().is_replaced);
    BOOST_TEST(pool.take({.run = [&] { done.set_value(); }}));
    BOOST_TEST((done.get_future().wait_for(30s) == std::future_status::ready));
    goes_on.set_value();
}

BOOST_AUTO_TEST_CASE(replace_no_more_threads_than_they_may_and_say_which)
{
    std::promise<void> first_late;
    std::promise<void> second_late;
    std::promise<void> goes_on;
    std::promise<void> refused;
    const std::shared_future<void> ends(goes_on.get_future());
    bool is_begun = false;
    background_pool pool({.patience = 1ms, .longest = 1ms, .replacements = 1});
    const auto block = [&](std::promise<void>& late)
    {
        BOOST_TEST(pool.take({.run = [ends] { ends.get(); },
                              .refuse = [&late](std::string_view) { late.set_value(); }}));
        late.get_future().get();
    };
    block(first_late);
    block(second_late);
    BOOST_TEST_REQUIRE(pool.overdue().size() == 2U);
    BOOST_TEST(pool.overdue().front().is_replaced != pool.overdue().back().is_replaced);
    BOOST_TEST(pool.take({.run = [&] { is_begun = true; },
                          .refuse = [&](std::string_view) { refused.set_value(); }}));
    BOOST_TEST((refused.get_future().wait_for(30s) == std::future_status::ready));
    goes_on.set_value();
    BOOST_TEST(pool.end(steady_clock::now() + 30s));
    BOOST_TEST(!is_begun);
}

BOOST_AUTO_TEST_CASE(go_on_with_the_thread_of_a_late_job_that_has_ended_while_another_has_not)
{
    std::promise<void> late[2];
    std::promise<void> goes_on[2];
    std::promise<void> done;
    background_pool pool({.longest = 1ms, .replacements = 1});
    for (int n = 0; n < 2; ++n)
    {
        BOOST_TEST(pool.take({.run = [&, n] { goes_on[n].get_future().get(); },
                              .refuse = [&, n](std::string_view) { late[n].set_value(); }}));
        late[n].get_future().get();
    }
    goes_on[0].set_value();
    BOOST_TEST(pool.take({.run = [&] { done.set_value(); }}));
    BOOST_TEST((done.get_future().wait_for(30s) == std::future_status::ready));
    goes_on[1].set_value();
}

BOOST_AUTO_TEST_CASE(do_jobs_one_after_the_other_again_when_the_late_ones_have_ended)
{
    std::promise<std::string> warned;
    std::promise<void> calmed;
    std::atomic<int> warnings = 0;
    std::atomic<int> in_hand = 0;
    std::atomic<int> most = 0;
    background_pool pool({.longest = 500ms,
                          .warn = [&](std::string_view text)
                          {
                              if (warnings++ == 0)
                                  warned.set_value(std::string(text));
                              else if (warnings == 2)
                                  calmed.set_value();
                          }});
    std::promise<void> goes_on;
    BOOST_TEST(pool.take({.run = [&] { goes_on.get_future().get(); }}));
    warned.get_future().get();
    goes_on.set_value();
    calmed.get_future().get();
    for (int i = 0; i < 50; ++i)
        BOOST_TEST(pool.take({.run = [&]
                              {
                                  most = std::max<int>(most, ++in_hand);
                                  std::this_thread::yield();
                                  --in_hand;
                              }}));
    std::promise<void> last;
    BOOST_TEST(pool.take({.run = [&] { last.set_value(); }}));
    last.get_future().get();
    BOOST_TEST(most == 1);
}

BOOST_AUTO_TEST_CASE(call_nobody_late_whose_job_ends_in_time)
{
    std::promise<void> done;
    {
        background_pool pool({.warn = [](std::string_view text) { BOOST_ERROR(text); }});
        BOOST_TEST(pool.take({.run = [&] { done.set_value(); },
                              .refuse = [](std::string_view) { BOOST_ERROR("it was in time"); }}));
        done.get_future().get();
        BOOST_TEST(pool.end(steady_clock::now() + 30s));
        BOOST_TEST(pool.overdue().empty());
    }
}

BOOST_AUTO_TEST_SUITE_END()
