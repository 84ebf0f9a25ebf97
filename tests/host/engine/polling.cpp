// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// A component that asks at two inputs in turn and never waits.
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(a_component_that_polls_two_inputs)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

// Sends on what it finds, or keeps it until the end.
class poller final : public component
{
public:
    explicit poller(bool keeps) : keeps_(keeps) {}

private:
    input in{*this, "in"};
    input in2{*this, "in2"};
    output out{*this, "out"};
    const bool keeps_;
    std::vector<packet> kept_;

    bool ask(input& at)
    {
        auto got = at.receive_until(now());
        if (got && keeps_)
            kept_.push_back(std::move(*got));
        else if (got)
            out.send(std::move(*got));
        return got.closed();
    }

    void run() override
    {
        for (bool have_closed = false; !have_closed;)
        {
            const bool has_closed = ask(in);
            have_closed = ask(in2) && has_closed;
        }
        for (packet& each : kept_)
            out.send(std::move(each));
    }
};

plan_builder polled(collected& got, bool keeps)
{
    return plan_builder()
        .door()
        .function("pass",
                  [](input& in, output& out, function_component&)
                  {
                      while (auto packet = in.receive())
                          out.send(std::move(*packet));
                  })
        .node("poller", category::op, [keeps] { return std::make_unique<poller>(keeps); })
        .sink(got)
        .edge("door.out", "poller.in")
        .edge("door.out", "pass.in")
        .edge("pass.out", "poller.in2")
        .edge("poller.out", "sink.in");
}

} // namespace

BOOST_AUTO_TEST_CASE(leaves_the_lane_to_others_and_is_told_of)
{
    collected got;
    bench bench;
    bench.deploy(polled(got, false));
    for (int i = 0; i < 1'000; ++i)
        bench.push(std::to_string(i));
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(got.size() == 2'000U);
    BOOST_TEST_REQUIRE(bench.log.wait_for(1));
    const auto polling = bench.graph.polling_nodes();
    BOOST_TEST_REQUIRE(polling.size() == 1U);
    BOOST_TEST(polling.front().node == "poller");
    BOOST_TEST(bench.graph.stop(20s) == 0U);
}

BOOST_AUTO_TEST_CASE(keeps_no_standstill_from_being_told)
{
    collected got;
    bench shared;
    graph_services services = shared.services();
    services.run.limits.standstill = 20ms;
    running_graph graph("still", {}, services);
    BOOST_REQUIRE(!graph.deploy(polled(got, true).named("still").build(), 1, 30s));
    auto request = bench::make_entry("a");
    BOOST_REQUIRE((graph.submit(request) == admission::accepted));
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (graph.standstills().empty() && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    const std::vector<wait_report> told = graph.standstills();
    BOOST_REQUIRE(told.size() == 1U);
    // Between two looks at its inputs it runs.
    const std::string& what = told.front().what;
    const bool waits = what.find("\"poller\" waits for packets at \"in") != std::string::npos &&
                       what.find(", and may hold 2 packets") != std::string::npos;
    BOOST_TEST((waits || what.find("\"poller\" runs") != std::string::npos), what);
    BOOST_TEST(graph.stop(20s) == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
