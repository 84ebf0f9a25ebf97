// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Waits for what only one may have.
#include "tests/host/engine/bench.hpp"
#include "tests/host/engine/waits/long_waits.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <future>

BOOST_AUTO_TEST_SUITE(long_waits)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

// Needs a file for itself alone, from the start.
class file_holder final : public component
{
    input in{*this, "in"};

    void start() override { exclusive("file:out"); }
    void run() override
    {
        while (auto packet = in.receive())
            deliver(std::move(*packet));
    }
};

plan_builder graph_with_file(const std::string& name)
{
    return plan_builder()
        .named(name)
        .door()
        .node("file", category::publisher, [] { return std::make_unique<file_holder>(); })
        .edge("door.out", "file.in");
}

} // namespace

BOOST_AUTO_TEST_CASE(for_what_another_graph_has_are_refused_at_deploy)
{
    bench bench;
    running_graph first("first", {}, bench.services());
    running_graph second("second", {}, bench.services());
    BOOST_REQUIRE(!first.deploy(graph_with_file("first").build(), 2, 30s));
    const auto refused = second.deploy(graph_with_file("second").build(), 1, 30s);
    BOOST_REQUIRE(refused.has_value());
    BOOST_TEST(mentions(*refused, "\"file:out\" is in use by graph \"first\""));
    BOOST_TEST(!first.deploy(graph_with_file("first").build(), 1, 30s)); // its own
    first.stop(30s);
    BOOST_TEST(!second.deploy(graph_with_file("second").build(), 1, 30s));
}

BOOST_AUTO_TEST_CASE(for_what_another_graph_has_are_told_if_they_were_not_declared)
{
    const auto asks_late = [](const std::string& name)
    {
        return plan_builder()
            .named(name)
            .door()
            .function(
                "late",
                [](input& in, output&, function_component& self)
                {
                    exclusive("file:out");
                    while (auto packet = in.receive())
                        self.drop(std::move(*packet));
                },
                category::publisher)
            .edge("door.out", "late.in");
    };
    bench bench;
    running_graph first("first", {}, impatient(bench));
    running_graph second("second", {}, impatient(bench));
    std::promise<void> done;
    BOOST_REQUIRE(!first.deploy(asks_late("first").build(), 1, 30s));
    auto request = bench::make_entry("so that it has begun");
    request->done = [&](const receipt&) { done.set_value(); };
    BOOST_REQUIRE((first.submit(request) == admission::accepted));
    done.get_future().wait();
    BOOST_REQUIRE(!second.deploy(asks_late("second").build(), 1, 30s));
    BOOST_REQUIRE(bench.log.wait_for(1));
    BOOST_TEST(
        mentions(bench.log.texts().front(), "waits for \"file:out\", which graph \"first\" has"));
    const auto waiting = second.waiting_nodes();
    BOOST_REQUIRE(waiting.size() == 1U);
    BOOST_TEST(waiting.front().node == "late");
    first.stop(30s);
    while (!second.waiting_nodes().empty())
        std::this_thread::yield();
}

BOOST_AUTO_TEST_CASE(for_what_an_older_version_has_are_told_as_such)
{
    std::promise<void> go_on;
    bench bench;
    running_graph graph("graph", {}, impatient(bench));
    const auto plan = [over = go_on.get_future().share()]
    {
        return plan_builder()
            .named("graph")
            .door()
            .node("file", category::publisher, [] { return std::make_unique<file_holder>(); })
            .function(
                "slow",
                [over](input& in, output&, function_component&)
                {
                    while (auto packet = in.receive())
                        blocking([&] { over.wait(); });
                },
                category::publisher)
            .edge("door.out", "file.in")
            .edge("door.out", "slow.in");
    };
    BOOST_REQUIRE(!graph.deploy(plan().build(), 1, 30s));
    auto request = bench::make_entry("keeps the first version");
    BOOST_REQUIRE((graph.submit(request) == admission::accepted));
    BOOST_REQUIRE(!graph.deploy(plan().build(), 1, 30s));
    std::size_t seen = 0;
    const auto is_told = [&](const std::string& line)
    { return mentions(line, "waits for \"file:out\", which an older version of this graph has"); };
    do
        BOOST_REQUIRE(bench.log.wait_for(++seen));
    while (std::ranges::none_of(bench.log.texts(), is_told));
    go_on.set_value();
    while (!graph.waiting_nodes().empty())
        std::this_thread::yield();
}

BOOST_AUTO_TEST_SUITE_END()
