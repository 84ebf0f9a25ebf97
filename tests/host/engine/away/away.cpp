// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/away/far_side.hpp"
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

/// The same by hand, one packet at a time, in `run()`.
function_component::body by_hand(far_side& to)
{
    return [&to](input& in, output&, function_component& self)
    {
        while (auto packet = in.receive())
        {
            to.take({packet->text("text")});
            self.deliver(std::move(*packet));
        }
    };
}

class processor final : public transformer
{
public:
    explicit processor(far_side& to) : to_(to) {}

private:
    far_side& to_;
    void process(packet& each) override { to_.take({each.text("text")}); }
};

std::vector<std::string> sorted(std::vector<std::string> texts)
{
    std::ranges::sort(texts);
    return texts;
}

} // namespace

BOOST_AUTO_TEST_SUITE(what_a_component_works_with)

BOOST_AUTO_TEST_CASE(may_be_away_under_load_and_no_packet_is_lost_or_dies)
{
    constexpr std::size_t count = 2000;
    far_side server;
    bench bench;
    bench.deploy(ship(server), 4);
    for (std::size_t i = 0; i < count / 4; ++i)
        bench.push(std::to_string(i));
    server.go();
    for (std::size_t i = count / 4; i < count / 2; ++i)
        bench.push(std::to_string(i));
    while (bench.graph.retrying_nodes().empty())
        std::this_thread::yield();
    BOOST_TEST(server.wait_for_knocks(server.knocks() + 10)); // what was under way has failed
    server.count_anew();
    for (std::size_t i = count / 2; i < count; ++i)
        bench.push(std::to_string(i));
    BOOST_TEST(server.wait_for_knocks(20));
    BOOST_TEST(server.most_at_once() == 1);
    BOOST_TEST(server.largest() == 1U);
    server.come_back();
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(server.got.size() == count);
    const std::vector<std::string> texts = server.got.texts();
    BOOST_TEST(std::set<std::string>(texts.begin(), texts.end()).size() == count);
    const graph_totals totals = bench.graph.totals();
    BOOST_TEST(totals.delivered == count);
    BOOST_TEST(totals.dead == 0U);
    BOOST_TEST(bench.graph.retrying_nodes().empty());
}

BOOST_AUTO_TEST_CASE(is_named_while_it_is_away)
{
    far_side server;
    server.go();
    bench bench;
    bench.deploy(ship(server));
    bench.push("a");
    std::vector<retrying_node> found;
    while (found.empty() || found.front().report.attempt < 3)
        found = bench.graph.retrying_nodes();
    BOOST_TEST(found.size() == 1U);
    BOOST_TEST(found.front().node == "ship");
    BOOST_TEST(found.front().is_away);
    BOOST_TEST(found.front().report.last_error == "nobody is there");
    BOOST_TEST(bench.log.texts().size() == 1U); // told of once
    BOOST_TEST(bench.log.texts().front() == "ship: waits for what is unavailable: nobody is there");
    server.come_back();
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(bench.graph.retrying_nodes().empty());
}

// What failed there was another version, which may have called somebody else.
BOOST_AUTO_TEST_CASE(is_not_named_for_a_version_that_has_not_asked_for_it)
{
    far_side server;
    server.go();
    bench bench;
    bench.deploy(ship(server));
    bench.push("a");
    while (bench.graph.retrying_nodes().empty())
        std::this_thread::yield();
    bench.graph.stop(0ms);
    BOOST_TEST(bench.graph.discard() == 0U);
    bench.deploy(ship(server));
    BOOST_TEST(bench.graph.retrying_nodes().empty());
    bench.push("b");
    std::vector<retrying_node> found;
    while (found.empty())
        found = bench.graph.retrying_nodes();
    BOOST_TEST(found.front().is_away);
    server.come_back();
    BOOST_TEST(bench.settle());
}

BOOST_AUTO_TEST_CASE(stays_named_over_a_deployment_while_packets_wait_for_it)
{
    far_side server;
    server.go();
    server.ask_for(1h);
    bench bench;
    bench.deploy(ship(server));
    bench.push("a");
    while (bench.graph.retrying_nodes().empty())
        std::this_thread::yield();
    const int knocks = server.knocks();
    bench.deploy(ship(server), 1, 0ms);
    BOOST_TEST(server.wait_for_knocks(knocks + 1)); // by the new version, at once
    std::vector<retrying_node> found;
    while (found.empty())
        found = bench.graph.retrying_nodes();
    BOOST_TEST(found.front().report.last_error == "nobody is there");
}

BOOST_AUTO_TEST_CASE(is_waited_for_as_long_as_it_asks)
{
    far_side server;
    server.go();
    server.ask_for(1h);
    bench bench;
    bench.deploy(ship(server));
    const auto before = std::chrono::system_clock::now();
    bench.push("a");
    std::vector<retrying_node> found;
    while (found.empty())
        found = bench.graph.retrying_nodes();
    BOOST_TEST((found.front().report.next_try >= before + 1h));
    BOOST_TEST(server.knocks() == 1);
}

BOOST_AUTO_TEST_CASE(uses_no_attempt_of_a_packet_and_keeps_their_order)
{
    far_side server;
    server.go();
    bench bench;
    bench.deploy(ship(server, {.attempts = 1, .backoff = 1ms, .max_backoff = 1ms}));
    for (const char* each : {"a", "b", "c"})
        bench.push(each);
    BOOST_TEST(server.wait_for_knocks(10));
    server.come_back();
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(server.got.texts() == (std::vector<std::string>{"a", "b", "c"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(may_be_away_for_a_component_by_hand_and_for_a_transformer)
{
    for (const bool transforms : {false, true})
    {
        far_side server;
        collected got;
        server.go();
        bench bench;
        plan_builder plan;
        plan.door();
        if (transforms)
            plan.node("it", category::transformer,
                      [&] { return std::make_unique<processor>(server); })
                .retry({.attempts = 1, .backoff = 1ms, .max_backoff = 1ms})
                .sink(got)
                .edge("it.out", "sink.in");
        else
            plan.function("it", by_hand(server))
                .retry({.attempts = 1, .backoff = 1ms, .max_backoff = 1ms});
        bench.deploy(plan.edge("door.out", "it.in"), 2);
        for (int i = 0; i < 10; ++i)
            bench.push(std::to_string(i));
        BOOST_TEST(server.wait_for_knocks(10));
        server.come_back();
        BOOST_TEST_REQUIRE(bench.settle());
        BOOST_TEST(sorted(server.got.texts()).size() == 10U);
        BOOST_TEST(bench.graph.totals().delivered == 10U);
        BOOST_TEST(bench.graph.totals().dead == 0U);
    }
}

// Nothing is in hand that could wait, and nothing may be asked without end.
BOOST_AUTO_TEST_CASE(is_waited_for_by_a_component_that_throws_before_it_receives)
{
    far_side server;
    server.go();
    server.ask_for(1h);
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("call",
                               [&](input& in, output&, function_component& self)
                               {
                                   server.take({});
                                   while (auto packet = in.receive())
                                       self.deliver(std::move(*packet));
                               })
                     .sink(got)
                     .edge("door.out", "call.in")
                     .edge("door.out", "sink.in"));
    for (std::size_t i = 1; i <= 50; ++i) // the lane goes round, and has time to ask again
    {
        bench.push(std::to_string(i));
        BOOST_TEST_REQUIRE(got.wait_for(i));
    }
    BOOST_TEST(server.knocks() == 1);
    BOOST_TEST(bench.graph.retrying_nodes().size() == 1U);
    BOOST_TEST(bench.graph.totals().dead == 0U);
}

BOOST_AUTO_TEST_CASE(is_waited_for_by_a_source)
{
    class maker final : public component
    {
    public:
        explicit maker(far_side& from) : from_(from) {}

    private:
        output out{*this, "out"};
        far_side& from_;

        void run() override
        {
            from_.take({});
            out.send(packet({{"text", "made"}}));
        }
    };
    far_side server;
    server.go();
    collected got;
    bench bench;
    bench.deploy(
        plan_builder()
            .node("make", category::adapter, [&] { return std::make_unique<maker>(server); })
            .retry(quick)
            .sink(got)
            .edge("make.out", "sink.in"));
    BOOST_TEST(server.wait_for_knocks(5));
    BOOST_TEST(bench.graph.retrying_nodes().size() == 1U);
    server.come_back();
    BOOST_TEST(got.wait_for(1));
    BOOST_TEST(bench.graph.retrying_nodes().empty());
}

BOOST_AUTO_TEST_SUITE_END()
