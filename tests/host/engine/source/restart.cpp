// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Where a source goes on when its version, its upstream or itself has gone.
#include "tests/host/engine/source/sources.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <set>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_SUITE(sources_that_begin_again)

BOOST_AUTO_TEST_CASE(let_what_is_in_flight_end_and_acknowledge_it_when_their_graph_stops)
{
    upstream all(1'000'000);
    collected got;
    bench bench;
    bench.deploy(from(all).sink(got).edge("numbers.out", "sink.in"), 2);
    BOOST_TEST(got.wait_for(100));
    BOOST_TEST(bench.graph.stop(20s) == 0U);
    BOOST_TEST(all.low_water() == static_cast<std::int64_t>(got.size()));
}

BOOST_AUTO_TEST_CASE(begin_at_the_checkpoint_when_the_version_before_has_ended)
{
    upstream all(50);
    gate held;
    bench bench;
    bench.deploy(through(all, held));
    BOOST_TEST(held.came.wait_for(1));
    collected got;
    held.let_pass("0");
    bench.deploy(from(all).sink(got).edge("numbers.out", "sink.in"), 1, 0ms);
    held.open(); // of the old version, whose packets are abandoned meanwhile
    BOOST_TEST(all.wait_for_acknowledgements(50));
    BOOST_TEST(bench.graph.stop(10s) == 0U);
    // The old version may have done some more, or all, before it was stopped.
    const std::vector<std::string> texts = got.texts();
    BOOST_TEST(texts == texts_of(50 - static_cast<int>(texts.size()), 50),
               boost::test_tools::per_element());
    BOOST_TEST(all.acknowledged() == texts_of(0, 50), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(send_nothing_twice_though_their_upstream_is_away_now_and_then)
{
    for (const bool when_read : {true, false})
    {
        upstream all(300);
        if (when_read)
            all.lose_reads(7);
        else
            all.lose_acknowledgements(3);
        collected got;
        bench bench;
        bench.deploy(from(all, true, 20).sink(got).edge("numbers.out", "sink.in"));
        BOOST_TEST_REQUIRE(all.wait_for_acknowledgements(300));
        BOOST_TEST(bench.graph.stop(20s) == 0U);
        BOOST_TEST(got.texts() == texts_of(0, 300), boost::test_tools::per_element());
        BOOST_TEST(all.acknowledged() == texts_of(0, 300), boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(go_on_though_their_acknowledgements_throw_now_and_then)
{
    upstream all(300);
    all.fail_acknowledgements(7);
    collected got;
    bench bench;
    bench.deploy(from(all, true, 5).sink(got).edge("numbers.out", "sink.in"));
    BOOST_TEST(all.wait_for_acknowledgements(300));
    BOOST_TEST(bench.graph.failed_nodes().empty());
    BOOST_TEST(bench.graph.stop(20s) == 0U);
}

BOOST_AUTO_TEST_CASE(of_a_new_version_wait_until_the_old_one_has_drained)
{
    upstream all(3);
    gate held;
    bench bench;
    bench.deploy(through(all, held));
    BOOST_TEST(held.came.wait_for(1));
    collected got;
    bench.deploy(from(all).sink(got).edge("numbers.out", "sink.in"));
    BOOST_TEST(all.connects() == 1);
    held.open();
    BOOST_TEST(all.wait_for_acknowledgements(3));
    BOOST_TEST(all.wait_for_connects(2)); // before, the old version might read what is new
    all.grow(4);
    BOOST_TEST(got.wait_for(1));
    BOOST_TEST(got.texts() == texts_of(3, 4), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(of_a_new_version_do_not_wait_for_a_sink_that_is_away)
{
    upstream all(200);
    collected knocks;
    const auto away = [&](input& in, output&, function_component&)
    {
        while (auto packet = in.receive())
        {
            knocks.add(packet->text("text"));
            throw unavailable("nobody is there");
        }
    };
    bench bench;
    bench.deploy(from(all)
                     .function("sink", away, category::publisher)
                     .retry({.attempts = 2, .backoff = 10min, .max_backoff = 10min})
                     .edge("numbers.out", "sink.in"),
                 4);
    BOOST_TEST(knocks.wait_for(1));
    BOOST_TEST(all.wait_for_reads(200));
    collected got;
    bench.deploy(from(all).sink(got).edge("numbers.out", "sink.in"), 4, 10min);
    BOOST_TEST(all.wait_for_acknowledgements(200));
    BOOST_TEST(all.acknowledged() == texts_of(0, 200), boost::test_tools::per_element());
    BOOST_TEST(bench.graph.pending().entries() == 0U);
}

BOOST_AUTO_TEST_CASE(wait_for_an_upstream_that_is_away_and_keep_what_is_in_flight)
{
    upstream all(10);
    gate held;
    bench bench;
    bench.deploy(through(all, held));
    BOOST_TEST(held.came.wait_for(1));
    BOOST_TEST(all.wait_for_reads(10));
    all.go();
    held.open();
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (all.connects() < 4 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    BOOST_TEST(all.connects() >= 4);
    BOOST_TEST(bench.graph.retrying_nodes().size() == 1U);
    BOOST_TEST(all.acknowledged().empty());
    all.come_back();
    BOOST_TEST(all.wait_for_acknowledgements(10));
    BOOST_TEST((bench.graph.state() == graph_state::running));
}

BOOST_AUTO_TEST_CASE(that_have_given_up_end_when_their_graph_drains)
{
    class broken final : public penstock::source
    {
        bool read() override { throw std::runtime_error("is broken"); }
    };
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .node("it", category::adapter, [] { return std::make_unique<broken>(); })
                     .sink(got)
                     .edge("it.out", "sink.in"));
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (bench.graph.state() != graph_state::failed &&
           std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    BOOST_TEST((bench.graph.state() == graph_state::failed));
    BOOST_TEST(bench.graph.stop(10min) == 0U);
}

BOOST_AUTO_TEST_CASE(that_throw_begin_again_at_the_checkpoint)
{
    class broken final : public penstock::source
    {
    public:
        explicit broken(upstream& of, std::atomic<int>& throws)
            : source({.idle = 1ms}), of_(of), throws_(throws)
        {
        }

    private:
        upstream& of_;
        std::atomic<int>& throws_;
        std::int64_t next_ = 0;

        void connect() override { next_ = of_.low_water(); }

        bool read() override
        {
            if (next_ == 7 && throws_.fetch_add(1) == 0)
                throw std::runtime_error("has read nonsense");
            if (const auto found = of_.read(next_))
                emit(next_++, packet({{"text", std::to_string(*found)}}));
            return true;
        }

        void acknowledge(const std::vector<json::value>& positions) override
        {
            of_.acknowledge(positions);
        }
    };
    upstream all(20);
    std::atomic<int> throws{0};
    collected got;
    bench bench;
    bench.deploy(
        plan_builder()
            .node("it", category::adapter, [&] { return std::make_unique<broken>(all, throws); })
            .sink(got)
            .edge("it.out", "sink.in"));
    BOOST_TEST(got.wait_for(20));
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (all.low_water() < 20 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    BOOST_TEST(all.low_water() == 20);
    const std::vector<std::string> texts = got.texts();
    BOOST_TEST(std::set<std::string>(texts.begin(), texts.end()).size() == 20U);
}

BOOST_AUTO_TEST_SUITE_END()
