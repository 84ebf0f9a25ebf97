// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/component_metrics.hpp"

#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <stdexcept>
#include <thread>

BOOST_AUTO_TEST_SUITE(metrics_of_components)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

// Measures the lengths of texts, and throws out of run() when it is told to.
class measuring final : public component
{
    input in{*this, "in"};
    penstock::counter texts{*this, "texts", "Texts that came."};
    penstock::gauge lanes{*this, "lanes", "One for each lane."};
    penstock::histogram lengths{*this, "lengths", "How long they were.", {1, 2}};

    void run() override
    {
        lanes.set(1);
        while (auto packet = in.receive())
        {
            const std::string text = packet->text("text");
            texts.add();
            blocking([&] { lengths.observe(static_cast<double>(text.size())); });
            if (text == "throw")
                throw std::runtime_error("told to throw");
            deliver(std::move(*packet));
        }
    }
};

json::object metrics_of(const bench& bench)
{
    return bench.graph.stats().at("nodes").at("it").at("metrics").as_object();
}

} // namespace

BOOST_AUTO_TEST_CASE(are_added_up_over_lanes_and_outlive_an_instance_that_throws)
{
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .node("it", category::publisher, [] { return std::make_unique<measuring>(); })
                     .edge("door.out", "it.in"),
                 2);
    for (const char* text : {"a", "bb", "throw", "c", "dd"})
        BOOST_REQUIRE((bench.push(text) == admission::accepted));
    BOOST_REQUIRE(bench.settle());
    // One lane may have done all before the component of the other has begun.
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (metrics_of(bench).at("lanes").at("value") != 2.0 &&
           std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    const json::object found = metrics_of(bench);
    BOOST_TEST(found.at("texts").at("value") == 5);
    BOOST_TEST(found.at("texts").at("kind") == "counter");
    BOOST_TEST(found.at("lanes").at("value") == 2.0);
    const json::value& lengths = found.at("lengths");
    BOOST_TEST(lengths.at("count") == 5);
    BOOST_TEST(lengths.at("sum") == 11.0);
    BOOST_TEST(write_json(lengths.at("buckets")) ==
               R"([{"le":1.0,"count":2},{"le":2.0,"count":4}])");
}

BOOST_AUTO_TEST_CASE(of_an_instance_that_declares_others_stay_its_own)
{
    const component_metrics kept({{"texts", "", metric_kind::histogram, {1, 2}}});
    measuring other;
    kept.bind(other);
    const auto* before = detail::component_access::members(other).metrics.front();
    BOOST_TEST(detail::metric_access::cells(*before)->load() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
