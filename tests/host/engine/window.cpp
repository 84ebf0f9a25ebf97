// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What a component gathers by receive_until(), while it has a packet in its last attempt.
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(a_window_of_a_last_attempt)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

constexpr auto long_window = 30s;

// Gathers packets in windows that are long once they hold one; asks for a second attempt for each
// that comes for the first time.
function_component::body gatherer(collected& held)
{
    return [&held](input& in, output& out, function_component& self)
    {
        bool is_first = true;
        std::vector<packet> window;
        for (;;)
        {
            auto next = in.receive_until(std::chrono::steady_clock::now() +
                                         (window.empty() ? 1ms : long_window));
            if (next && std::exchange(is_first, false))
                self.retry(std::move(*next), "not yet");
            else if (next)
            {
                held.add(next->text("text"));
                window.push_back(std::move(*next));
            }
            else
            {
                for (packet& each : window)
                    out.send(std::move(each));
                window.clear();
                if (next.closed())
                    return;
            }
        }
    };
}

} // namespace

BOOST_AUTO_TEST_CASE(ends_with_the_input)
{
    collected held;
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("gather", gatherer(held))
                     .retry({.attempts = 2, .backoff = 1ms, .max_backoff = 1ms})
                     .sink(got)
                     .edge("door.out", "gather.in")
                     .edge("gather.out", "sink.in"));
    bench.push("a");
    BOOST_TEST_REQUIRE(held.wait_for(1));
    BOOST_TEST(bench.graph.stop(long_window / 2) == 0U);
    BOOST_TEST(got.texts() == std::vector<std::string>{"a"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
