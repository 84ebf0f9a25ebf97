// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/graph_stats.hpp"

#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <future>

BOOST_AUTO_TEST_SUITE(graph_stats)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_CASE(name_once_what_several_lanes_wait_for)
{
    std::promise<void> go_on;
    bench bench;
    graph_services services = bench.services();
    services.run.limits.standstill = 50ms;
    running_graph graph("still", {}, services);
    const auto plan = plan_builder()
                          .named("still")
                          .lines()
                          .function("slow",
                                    [over = go_on.get_future().share()](input& in, output&,
                                                                        function_component& self)
                                    {
                                        while (auto packet = in.receive())
                                        {
                                            blocking([&] { over.wait(); });
                                            self.deliver(std::move(*packet));
                                        }
                                    })
                          .edge("lines.out", "slow.in", 1);
    BOOST_REQUIRE(!graph.deploy(plan.build(), 2, 30s));
    for (int i = 0; i < 2; ++i)
    {
        auto request = bench::make_entry("a\nb\nc\n");
        BOOST_REQUIRE((graph.submit(request) == admission::accepted));
    }
    BOOST_REQUIRE(bench.log.wait_for(2));
    BOOST_TEST(graph.standstills().size() == 1U);
    go_on.set_value();
    BOOST_TEST(graph.stop(20s) == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
