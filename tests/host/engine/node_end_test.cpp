// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// How a node ends when its component returns, gives up, or is destroyed.
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(a_node_that_ends)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

bool is_logged(const bench& bench, std::string_view part)
{
    const std::vector<std::string> lines = bench.log.texts();
    return std::ranges::any_of(lines, [part](const std::string& line)
                               { return line.find(part) != std::string::npos; });
}

} // namespace

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

BOOST_AUTO_TEST_SUITE_END()
