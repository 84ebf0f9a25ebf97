// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/deadline_queue.hpp"

#include <boost/test/unit_test.hpp>

#include <future>
#include <memory>
#include <vector>

BOOST_AUTO_TEST_SUITE(deadlines)

using namespace std::chrono_literals;
using penstock::host::http::deadline_queue;
using deadline_clock = deadline_queue::clock;

BOOST_AUTO_TEST_CASE(functions_are_called_in_order_of_their_times)
{
    std::vector<int> called;
    std::promise<void> last;
    deadline_queue queue;
    const auto now = deadline_clock::now();
    (void)queue.at(now + 30ms,
                   [&]
                   {
                       called.push_back(3);
                       last.set_value();
                   });
    (void)queue.at(now + 10ms, [&] { called.push_back(1); });
    (void)queue.at(now + 20ms, [&] { called.push_back(2); });
    BOOST_TEST_REQUIRE((last.get_future().wait_for(30s) == std::future_status::ready));
    BOOST_TEST(called == (std::vector{1, 2, 3}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_cancelled_function_is_let_go_at_once)
{
    deadline_queue queue;
    auto kept = std::make_shared<int>();
    const auto deadline = queue.at(deadline_clock::now() + 24h, [kept] {});
    BOOST_TEST(kept.use_count() == 2);
    deadline.cancel();
    BOOST_TEST(kept.use_count() == 1);
    deadline.cancel();
}

BOOST_AUTO_TEST_CASE(the_end_of_the_queue_calls_nothing_and_leaves_deadlines_harmless)
{
    bool called = false;
    deadline_queue::deadline deadline;
    {
        deadline_queue queue;
        deadline = queue.at(deadline_clock::now() + 24h, [&] { called = true; });
    }
    deadline.cancel();
    BOOST_TEST(!called);
}

BOOST_AUTO_TEST_SUITE_END()
