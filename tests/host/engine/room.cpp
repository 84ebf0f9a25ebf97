// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Nodes that wait for room in their edges, and must not do so for ever.
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>
#include <future>
#include <utility>

BOOST_AUTO_TEST_SUITE(room)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

// Passes packets on, and does something when it has the first of them in hand.
function_component::body pass_after(std::function<void()> act)
{
    return [act = std::move(act)](input& in, output& out, function_component&)
    {
        bool is_first = true;
        while (auto packet = in.receive())
        {
            if (std::exchange(is_first, false))
                act();
            out.send(std::move(*packet));
        }
    };
}

} // namespace

// Some room was made, less than a node that waits for it is woken for, and then no more.
BOOST_AUTO_TEST_CASE(of_less_than_half_an_edge_is_used_when_no_more_will_come)
{
    class halves final : public component
    {
        input in{*this, "in"};
        output x{*this, "x"};
        output y{*this, "y"};

        void run() override
        {
            while (auto packet = in.receive())
            {
                for (int i = 0; i < 5; ++i)
                    x.send(packet->derive());
                for (int i = 0; i < 5; ++i)
                    y.send(packet->derive());
            }
        }
    };
    class pairs final : public component
    {
        input x{*this, "x"};
        input y{*this, "y"};
        output out{*this, "out"};

        void run() override
        {
            for (;;)
            {
                auto one = x.receive();
                auto other = y.receive();
                if (!one || !other)
                    return;
                one->join(std::move(*other));
                out.send(std::move(*one));
            }
        }
    };
    collected got;
    bench bench;
    bench.deploy(
        plan_builder()
            .door()
            .node("halves", category::transformer, [] { return std::make_unique<halves>(); })
            .node("pairs", category::op, [] { return std::make_unique<pairs>(); })
            .sink(got)
            .edge("door.out", "halves.in")
            .edge("halves.x", "pairs.x", 4)
            .edge("halves.y", "pairs.y", 4)
            .edge("pairs.out", "sink.in"));
    bench.push("five pairs");
    BOOST_TEST(bench.settle(5s));
    BOOST_TEST(got.size() == 5U);
}

// They come to a node when it has looked for more, and waits for room in one of two edges before it
// waits for packets.
BOOST_AUTO_TEST_CASE(is_not_waited_for_beyond_the_last_packets)
{
    class adapter final : public component
    {
    public:
        explicit adapter(std::promise<void>& sent) : sent_(sent) {}

    private:
        accepts types{*this, {"text/plain"}};
        input in{*this, "in"};
        output out{*this, "out"};
        std::promise<void>& sent_;

        void run() override
        {
            if (auto packet = in.receive())
                for (int i = 0; i < 3; ++i)
                    out.send(packet->derive());
            if (auto packet = in.receive()) // so all that was sent is on its way
                sent_.set_value();
            (void)in.receive();
        }
    };
    collected got;
    std::promise<void> sent;
    bench bench;
    bench.deploy(
        plan_builder()
            .node("adapter", category::adapter, [&] { return std::make_unique<adapter>(sent); })
            .function("fork", pass_after([] {}))
            .function("late", pass_after([all_sent = sent.get_future().share()]
                                         { blocking([&] { all_sent.wait(); }); }))
            .sink(got)
            .edge("adapter.out", "fork.in", 1)
            .edge("fork.out", "late.in", 1)
            .edge("fork.out", "sink.in", 1)
            .edge("late.out", "sink.in", 1));
    bench.push("three packets");
    bench.push("none");
    BOOST_TEST(bench.settle(5s));
    BOOST_TEST(got.size() == 6U);
}

// An edge that was full is emptied while its node waits for room in another.
BOOST_AUTO_TEST_CASE(that_is_made_in_one_edge_while_another_is_waited_for)
{
    class splitter final : public component
    {
        input in{*this, "in"};
        output x{*this, "x"};
        output y{*this, "y"};

        void run() override
        {
            while (auto packet = in.receive())
                for (int i = 0; i < 3; ++i)
                {
                    y.send(packet->derive());
                    x.send(packet->derive());
                }
        }
    };
    collected got;
    std::promise<void> taken;
    bench bench;
    bench.deploy(
        plan_builder()
            .door()
            .node("splitter", category::transformer, [] { return std::make_unique<splitter>(); })
            .function("late", pass_after([is_taken = taken.get_future().share()]
                                         { blocking([&] { is_taken.wait(); }); }))
            .function("quick", pass_after([&taken] { taken.set_value(); }))
            .sink(got)
            .edge("door.out", "splitter.in")
            .edge("splitter.y", "late.in", 1)
            .edge("splitter.y", "sink.in")
            .edge("splitter.x", "quick.in", 1)
            .edge("late.out", "sink.in")
            .edge("quick.out", "sink.in"));
    bench.push("split");
    BOOST_TEST(bench.settle(5s));
    BOOST_TEST(got.size() == 9U);
}

BOOST_AUTO_TEST_SUITE_END()
