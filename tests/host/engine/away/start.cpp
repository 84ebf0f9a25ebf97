// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// What a component works with is away when it starts or connects.
#include "tests/host/engine/away/far_side.hpp"
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_SUITE(what_a_component_works_with)

BOOST_AUTO_TEST_CASE(may_be_away_when_a_graph_is_deployed_which_takes_over_at_once_in_order)
{
    far_side old_server;
    far_side new_server;
    old_server.go();
    old_server.ask_for(1h);
    bench bench;
    bench.deploy(ship(old_server));
    for (const char* each : {"a", "b", "c"})
        bench.push(each, "key");
    BOOST_TEST(old_server.wait_for_knocks(1));
    bench.deploy(ship(new_server), 1, 1h); // it would drain for an hour
    bench.push("d", "key");
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(new_server.got.texts() == (std::vector<std::string>{"a", "b", "c", "d"}),
               boost::test_tools::per_element());
    BOOST_TEST(old_server.got.size() == 0U);
}

BOOST_AUTO_TEST_CASE(may_be_away_for_the_start_of_a_later_instance)
{
    struct log
    {
        std::atomic<int> starts{0};
        std::atomic<bool> is_away{false};
    };
    class opener final : public component
    {
    public:
        explicit opener(log& into) : into_(into) {}

    private:
        input in{*this, "in"};
        log& into_;
        void start() override
        {
            ++into_.starts;
            if (into_.is_away)
                throw std::runtime_error("refused");
        }
        void run() override
        {
            while (auto packet = in.receive())
            {
                if (into_.is_away)
                    throw unavailable("hung up");
                deliver(std::move(*packet));
            }
        }
    };
    log seen;
    bench bench;
    bench.deploy(
        plan_builder()
            .door()
            .node("open", category::publisher, [&] { return std::make_unique<opener>(seen); })
            .retry(quick)
            .edge("door.out", "open.in"));
    seen.is_away = true;
    bench.push("a");
    while (seen.starts < 10) // more than a node may fail to start
        std::this_thread::yield();
    seen.is_away = false;
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(bench.graph.totals().delivered == 1U);
    BOOST_TEST(bench.graph.failed_nodes().empty());
    BOOST_TEST(bench.graph.retrying_nodes().empty());
}

BOOST_AUTO_TEST_CASE(is_connected_with_first_and_after_each_loss)
{
    struct log
    {
        std::atomic<int> connects{0};
        std::atomic<int> writes{0};
        std::atomic<bool> refuses{true};
    };
    class caller final : public publisher
    {
    public:
        explicit caller(log& into) : into_(into) {}

    private:
        log& into_;
        void connect() override
        {
            ++into_.connects;
            if (into_.refuses)
                throw std::runtime_error("refused");
        }
        void write(batch&) override
        {
            if (++into_.writes == 1)
                throw unavailable("hung up");
        }
    };
    log seen;
    bench bench;
    bench.deploy(
        plan_builder()
            .door()
            .node("call", category::publisher, [&] { return std::make_unique<caller>(seen); })
            .retry(quick)
            .edge("door.out", "call.in"));
    bench.push("a");
    while (seen.connects < 3)
        std::this_thread::yield();
    BOOST_TEST(seen.writes == 0);
    seen.refuses = false;
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(seen.writes == 2);
    const int connects = seen.connects;
    bench.push("b");
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(seen.connects == connects);
    BOOST_TEST(bench.graph.totals().delivered == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
