// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/answer/completion.hpp"

#include "tests/host/net/awaited_answer.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <thread>

BOOST_AUTO_TEST_SUITE(completions)

using namespace penstock::host::http;
using namespace std::chrono_literals;
using testing::awaited_answer;

namespace
{

response saying(unsigned status)
{
    return {.status = status, .headers = {}, .body = {}};
}

} // namespace

BOOST_AUTO_TEST_CASE(the_first_answer_counts)
{
    awaited_answer waiting;
    const reply answer = waiting.to();
    BOOST_TEST(!waiting.look().has_value());
    answer(saying(201));
    answer(saying(202));
    BOOST_TEST(waiting.wait().status == 201U);
}

BOOST_AUTO_TEST_CASE(an_answer_from_another_thread_wakes)
{
    awaited_answer waiting;
    std::jthread giving([answer = waiting.to()] { answer(saying(201)); });
    BOOST_TEST(waiting.wait().status == 201U);
}

BOOST_AUTO_TEST_CASE(an_answer_nobody_gives_any_more_is_500)
{
    awaited_answer waiting;
    {
        const reply answer = waiting.to();
        const reply copy = answer;
        BOOST_TEST(!waiting.look().has_value());
    }
    BOOST_TEST(waiting.wait().status == 500U);
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_due_is_made)
{
    awaited_answer waiting;
    const reply answer = waiting.to();
    answer.at(completion::clock::now() + 1ms, [] { return saying(202); });
    BOOST_TEST(waiting.wait().status == 202U);
    answer(saying(200));
    BOOST_TEST(!waiting.look().has_value());
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_due_is_made_though_nobody_is_left_to_answer)
{
    awaited_answer waiting;
    waiting.to().at(completion::clock::now() + 1ms, [] { return saying(202); });
    BOOST_TEST(waiting.wait().status == 202U);
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_due_later_is_made_in_a_hurry_also_if_it_is_set_after_that)
{
    for (const bool is_set_before : {true, false})
    {
        completion to;
        BOOST_TEST(!to.take().has_value());
        if (is_set_before)
            to.give_at(completion::clock::now() + 24h, [] { return saying(202); });
        to.hurry();
        if (!is_set_before)
            to.give_at(completion::clock::now() + 24h, [] { return saying(202); });
        BOOST_TEST_REQUIRE((to.due() <= completion::clock::now()));
        BOOST_TEST(spelled_out(to.take().value()).status == 202U);
    }
}

BOOST_AUTO_TEST_CASE(a_hurry_makes_no_answer_that_nobody_set)
{
    completion to;
    to.hurry();
    BOOST_TEST(!to.take().has_value());
    to.give(saying(200));
    BOOST_TEST(spelled_out(to.take().value()).status == 200U);
}

BOOST_AUTO_TEST_CASE(what_would_have_made_the_answer_is_let_go_with_the_first)
{
    awaited_answer waiting;
    const reply answer = waiting.to();
    const auto kept = std::make_shared<int>();
    answer.at(completion::clock::now() + 24h, [kept] { return saying(202); });
    BOOST_TEST(kept.use_count() == 2);
    answer(saying(200));
    BOOST_TEST(kept.use_count() == 1);
    answer.at(completion::clock::now(), [kept] { return saying(202); });
    BOOST_TEST(kept.use_count() == 1);
    BOOST_TEST(waiting.wait().status == 200U);
}

BOOST_AUTO_TEST_CASE(whoever_has_gone_is_not_woken)
{
    int woken = 0;
    const auto waiting = std::make_shared<completion>([&] { ++woken; });
    const reply answer{waiting};
    BOOST_TEST(!waiting->take().has_value());
    waiting->abandon();
    answer(saying(200));
    BOOST_TEST(woken == 0);
}

BOOST_AUTO_TEST_SUITE_END()
