// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// What comes before what when a packet is tried again.
#include "tests/host/engine/bench.hpp"
#include "tests/host/engine/retry/tries.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <stdexcept>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_SUITE(a_packet_that_fails)

BOOST_AUTO_TEST_CASE(holds_back_those_of_its_key_in_order_and_no_others)
{
    collected got;
    tries seen;
    std::atomic<bool> mend{false};
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function(
                         "keyed",
                         [&](input& in, output&, function_component& self)
                         {
                             while (auto packet = in.receive())
                             {
                                 const std::string text(packet->text("text"));
                                 if (text == "k1" && !mend)
                                     throw std::runtime_error("not now");
                                 got.add(text);
                                 self.deliver(std::move(*packet));
                             }
                         },
                         category::publisher)
                     .retry({.attempts = 1000, .backoff = 1ms, .max_backoff = 1ms})
                     .edge("lines.out", "keyed.in"));
    bench.push("k0\nk1\nk2", "k");
    bench.push("l1\nl2", "l");
    bench.push("k3", "k");
    bench.push("m1");
    BOOST_TEST_REQUIRE(got.wait_for(4));
    CHECK_TEXTS(got.texts(), "k0", "l1", "l2", "m1");
    mend = true;
    BOOST_TEST_REQUIRE(bench.settle());
    CHECK_TEXTS(got.texts(), "k0", "l1", "l2", "m1", "k1", "k2", "k3");
    BOOST_TEST(bench.dead_letters().size() == 0U);
}

BOOST_AUTO_TEST_CASE(lets_those_of_its_key_go_on_when_it_has_died)
{
    collected got;
    tries seen;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function("keyed", one_by_one(got, seen, 100), category::publisher)
                     .retry(three_times)
                     .edge("lines.out", "keyed.in"));
    bench.push("a\nbad1\nbad2\nb", "k");
    bench.push("bad3\nc", "k");
    BOOST_TEST_REQUIRE(bench.settle());
    CHECK_TEXTS(got.texts(), "a", "b", "c");
    BOOST_TEST(bench.dead_letters().size() == 3U);
}

// A transformer that fails a packet goes on with what its port has already been given.
BOOST_AUTO_TEST_CASE(holds_back_what_its_port_was_given_already)
{
    class picky final : public transformer
    {
    public:
        explicit picky(int& calls) : calls_(calls) {}

    private:
        int& calls_;
        void process(packet& each) override
        {
            if (each.text("text") == "b" && ++calls_ < 3)
                throw std::runtime_error("not now");
        }
    };
    int calls = 0;
    collected got;
    bench bench;
    bench.deploy(
        plan_builder()
            .lines()
            .node("picky", category::transformer, [&] { return std::make_unique<picky>(calls); })
            .retry(five_times)
            .sink(got)
            .edge("lines.out", "picky.in")
            .edge("picky.out", "sink.in"));
    bench.push("a\nb\nc\nd", "k");
    BOOST_TEST_REQUIRE(bench.settle());
    CHECK_TEXTS(got.texts(), "a", "b", "c", "d");
}

BOOST_AUTO_TEST_CASE(keeps_its_place_among_those_that_were_held_with_it)
{
    collected got;
    int throws = 0;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function(
                         "gather",
                         [&](input& in, output& out, function_component&)
                         {
                             while (batch all = in.receive_some(4, 1h))
                             {
                                 if (throws++ < 2)
                                     throw std::runtime_error("not now");
                                 for (packet& each : all)
                                     out.send(std::move(each));
                             }
                         },
                         category::op)
                     .retry(five_times)
                     .sink(got)
                     .edge("lines.out", "gather.in")
                     .edge("gather.out", "sink.in"));
    bench.push("a\nb\nc\nd", "k");
    BOOST_TEST_REQUIRE(bench.settle());
    CHECK_TEXTS(got.texts(), "a", "b", "c", "d");
    BOOST_TEST(throws == 3);
}

BOOST_AUTO_TEST_SUITE_END()
