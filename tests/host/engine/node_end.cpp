// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// How a node ends when its component returns, gives up, or is destroyed.
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(a_node_that_ends)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

// Joins each packet of one input with one of the other, in turn.
class zip final : public component
{
    input left{*this, "left"};
    input right{*this, "right"};
    output out{*this, "out"};

    void run() override
    {
        while (auto packet = left.receive())
        {
            if (auto other = right.receive())
                packet->join(std::move(*other));
            out.send(std::move(*packet));
        }
    }
};

plan_builder zipped(collected& got)
{
    return plan_builder()
        .door()
        .node("zip", category::op, [] { return std::make_unique<zip>(); })
        .sink(got)
        .edge("door.out", "zip.left")
        .edge("door.out", "zip.right")
        .edge("zip.out", "sink.in");
}

bool is_logged(const bench& bench, std::string_view part)
{
    const std::vector<std::string> lines = bench.log.texts();
    return std::ranges::any_of(lines, [part](const std::string& line)
                               { return line.find(part) != std::string::npos; });
}

bool wait_for_log(const bench& bench, std::string_view part)
{
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (!is_logged(bench, part) && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    return is_logged(bench, part);
}

} // namespace

BOOST_AUTO_TEST_CASE(passes_the_ends_of_requests_that_a_zip_has_left)
{
    collected got;
    bench bench;
    bench.deploy(zipped(got));
    for (int i = 0; i < 10; ++i)
        bench.push(std::to_string(i));
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(bench.graph.stop(10s) == 0U);
    BOOST_TEST(got.size() == 10U);
    BOOST_TEST(!is_logged(bench, "starts anew"));
}

BOOST_AUTO_TEST_CASE(does_not_hold_up_requests_of_a_key_for_the_next_version)
{
    collected got;
    bench bench;
    bench.deploy(zipped(got));
    bench.push("a", "key");
    BOOST_TEST_REQUIRE(bench.settle());
    bench.deploy(zipped(got), 1, 1h);
    bench.push("b", "key");
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(got.texts() == (std::vector<std::string>{"a", "b"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(has_failed_in_its_own_version_alone)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("bad",
                               [](input& in, output& out, function_component&)
                               {
                                   while (auto packet = in.receive())
                                       out.send(std::move(*packet));
                                   throw std::runtime_error("at its end");
                               })
                     .sink(got)
                     .edge("door.out", "bad.in")
                     .edge("bad.out", "sink.in"));
    bench.deploy(zipped(got), 1, 8s);
    BOOST_TEST_REQUIRE(wait_for_log(bench, "has given up"));
    BOOST_TEST(bench.graph.failed_nodes().size() == 0U);
    BOOST_TEST((bench.graph.state() == graph_state::running));
    bench.push("a");
    BOOST_TEST_REQUIRE(bench.settle());
}

BOOST_AUTO_TEST_CASE(lets_go_of_what_its_destructor_sends_or_fails)
{
    class holder final : public component
    {
    public:
        ~holder() override
        {
            if (first_)
                out.send(std::move(*first_));
            if (second_)
                out.send(std::move(*second_));
            if (third_)
                fail(std::move(*third_), "in a destructor");
        }

    private:
        input in{*this, "in"};
        output out{*this, "out"};
        std::optional<packet> first_;
        std::optional<packet> second_;
        std::optional<packet> third_;

        void run() override
        {
            first_ = in.receive();
            second_ = in.receive();
            third_ = in.receive();
            while (auto more = in.receive())
                out.send(std::move(*more));
        }
    };

    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .node("holder", category::op, [] { return std::make_unique<holder>(); })
                     .sink(got)
                     .edge("lines.out", "holder.in")
                     .edge("holder.out", "sink.in"));
    bench.push("a\nb\nc\nd");
    BOOST_TEST_REQUIRE(got.wait_for(1));
    BOOST_TEST(bench.graph.stop(20s) == 0U);
    BOOST_TEST(got.texts() == std::vector<std::string>{"d"}, boost::test_tools::per_element());
    const std::vector<dead_letter> dead = bench.dead_letters();
    BOOST_TEST_REQUIRE(dead.size() == 3U);
    for (const dead_letter& each : dead)
        BOOST_TEST(each.reason == "let go by holder without saying what became of it");
    BOOST_TEST(is_logged(bench, "output \"out\": sends in the component's destructor"));
}

BOOST_AUTO_TEST_CASE(carries_out_no_call_of_its_destructor_that_would_throw_or_suspend)
{
    class careless final : public component
    {
    public:
        explicit careless(std::atomic<int>& calls) : calls_(calls) {}

        ~careless() override
        {
            out.send(std::move(gone_));
            deliver(std::move(gone_));
            drop(std::move(gone_));
            fail(std::move(gone_), "in a destructor");
            retry(std::move(gone_), "in a destructor");
            reply(gone_);
            gone_.join(std::move(gone_));
            (void)gone_.derive();
            (void)gone_.clone();
            calls_ += in.receive() ? 0 : 1;
            calls_ += in.receive_until({}).closed() ? 1 : 0;
            calls_ += in.receive_some(2, 1h) ? 0 : 1;
            calls_ += in.receive_request() ? 0 : 1;
            wait_for(1h);
            exclusive("a file");
            calls_ += blocking([] { return 1; });
        }

    private:
        input in{*this, "in"};
        output out{*this, "out"};
        packet gone_;
        std::atomic<int>& calls_;

        void run() override
        {
            while (auto packet = in.receive())
            {
                gone_ = std::move(*packet);
                out.send(std::move(gone_));
            }
        }
    };

    std::atomic<int> calls{0};
    detail::component_ptr(new careless(calls)).reset(); // as the host makes one to know its ports
    BOOST_TEST(calls == 5);
    for (const bool is_cancelled : {false, true})
    {
        collected got;
        bench bench;
        bench.deploy(plan_builder()
                         .door()
                         .node("careless", category::op,
                               [&calls] { return std::make_unique<careless>(calls); })
                         .sink(got)
                         .edge("door.out", "careless.in")
                         .edge("careless.out", "sink.in"));
        calls = 0;
        bench.push("a");
        BOOST_TEST_REQUIRE(bench.settle());
        BOOST_TEST(bench.graph.stop(is_cancelled ? 0s : 20s) == 0U);
        BOOST_TEST(got.texts() == std::vector<std::string>{"a"}, boost::test_tools::per_element());
        BOOST_TEST(calls == 5);
        BOOST_TEST(is_logged(bench, "output \"out\": sends a packet that was moved from in the "
                                    "component's destructor"));
    }
}

BOOST_AUTO_TEST_SUITE_END()
