// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Waits that take too long are told: who waits for whom, and for what.
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <future>

BOOST_AUTO_TEST_SUITE(long_waits)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

graph_services impatient(bench& shared)
{
    graph_services services = shared.services();
    services.run.limits = {.resource = 20ms, .standstill = 20ms};
    return services;
}

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

bool mentions(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_CASE(of_a_graph_that_moves_no_packet_are_told_until_it_does)
{
    std::promise<void> go_on;
    collected got;
    bench bench;
    running_graph graph("still", {}, impatient(bench));
    const auto plan = plan_builder()
                          .named("still")
                          .lines()
                          .function("slow",
                                    [over = go_on.get_future().share()](input& in, output& out,
                                                                        function_component&)
                                    {
                                        while (auto packet = in.receive())
                                        {
                                            blocking([&] { over.wait(); });
                                            out.send(std::move(*packet));
                                        }
                                    })
                          .sink(got)
                          .edge("lines.out", "slow.in", 1)
                          .edge("slow.out", "sink.in");
    BOOST_REQUIRE(!graph.deploy(plan.build(), 1, 30s));
    auto request = bench::make_entry("a\nb\nc\n");
    std::promise<void> done;
    request->done = [&](const receipt&) { done.set_value(); };
    BOOST_REQUIRE((graph.submit(request) == admission::accepted));
    BOOST_REQUIRE(bench.log.wait_for(1));
    const auto told = graph.standstills();
    BOOST_REQUIRE(told.size() == 1U);
    BOOST_TEST_CONTEXT(told.front().what)
    {
        BOOST_TEST(mentions(told.front().what, "\"slow\" is in blocking work"));
        BOOST_TEST(mentions(told.front().what, "\"lines\" waits for room before \"slow\""));
        BOOST_TEST(mentions(bench.log.texts().front(), told.front().what));
    }
    go_on.set_value();
    done.get_future().wait();
    while (!graph.standstills().empty()) // until the lane looks again
        std::this_thread::yield();
    BOOST_TEST(got.size() == 3U);
}

BOOST_AUTO_TEST_CASE(that_never_wait_leave_the_lane_to_others_and_are_told_once)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("poller",
                               [](input& in, output& out, function_component&)
                               {
                                   for (;;)
                                   {
                                       auto next = in.receive_until(now());
                                       if (next)
                                           out.send(std::move(*next));
                                       else if (next.closed())
                                           return;
                                   }
                               })
                     .sink(got)
                     .edge("door.out", "poller.in")
                     .edge("poller.out", "sink.in"));
    for (int i = 0; i < 1'000; ++i)
        bench.push(std::to_string(i));
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(got.size() == 1'000U);
    BOOST_TEST_REQUIRE(bench.log.wait_for(1));
    const auto polling = bench.graph.polling_nodes();
    BOOST_TEST_REQUIRE(polling.size() == 1U);
    BOOST_TEST(polling.front().node == "poller");
    const std::string& told = polling.front().report.what;
    BOOST_TEST(told.starts_with("polls \"in\", 10000 times in "), told);
    BOOST_TEST(told.ends_with(" ms without a packet: use receive_until with a later deadline"),
               told);
    BOOST_TEST(bench.graph.stop(20s) == 0U);
    BOOST_TEST(bench.log.texts() == std::vector<std::string>{"poller: " + told},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(are_told_of_no_more_once_a_component_that_polled_waits)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("poller",
                               [](input& in, output& out, function_component&)
                               {
                                   bool polls = true;
                                   for (;;)
                                   {
                                       auto next = in.receive_until(polls ? now() : now() + 1h);
                                       polls = polls && !next;
                                       if (next)
                                           out.send(std::move(*next));
                                       else if (next.closed())
                                           return;
                                   }
                               })
                     .sink(got)
                     .edge("door.out", "poller.in")
                     .edge("poller.out", "sink.in"));
    BOOST_TEST_REQUIRE(bench.log.wait_for(1));
    BOOST_TEST(bench.graph.polling_nodes().size() == 1U);
    bench.push("stop polling");
    BOOST_TEST_REQUIRE(bench.settle());
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (!bench.graph.polling_nodes().empty() && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    BOOST_TEST(bench.graph.polling_nodes().empty());
}

BOOST_AUTO_TEST_CASE(that_end_at_once_leave_the_lane_to_others_too)
{
    class restless final : public component
    {
        output out{*this, "out"};
        void run() override
        {
            for (;;)
                wait_for(0ms);
        }
    };
    collected got;
    bench bench;
    bench.deploy(
        plan_builder()
            .door()
            .node("restless", category::adapter, [] { return std::make_unique<restless>(); })
            .sink(got)
            .edge("door.out", "sink.in")
            .edge("restless.out", "sink.in"));
    bench.push("a");
    BOOST_TEST(bench.settle(20s));
    BOOST_TEST(got.size() == 1U);
}

BOOST_AUTO_TEST_CASE(for_room_that_would_take_too_much_memory_are_told)
{
    class late_reader final : public component
    {
        input in{*this, "in"};
        input in2{*this, "in2"};
        void run() override
        {
            while (auto packet = in2.receive())
                drop(std::move(*packet));
            while (auto packet = in.receive())
                deliver(std::move(*packet));
        }
    };
    bench bench;
    graph_services services = impatient(bench);
    services.run.limits.edge_memory = 1'000;
    running_graph graph("still", {}, services);
    BOOST_REQUIRE(!graph.deploy(
        plan_builder()
            .named("still")
            .lines()
            .node("late", category::publisher, [] { return std::make_unique<late_reader>(); })
            .edge("lines.out", "late.in", 1)
            .edge("lines.out", "late.in2", 1)
            .build(),
        1, 30s));
    std::string lines;
    for (int i = 0; i < 1'000; ++i)
        lines += "ten bytes.\n";
    auto request = bench::make_entry(lines);
    BOOST_REQUIRE((graph.submit(request) == admission::accepted));
    while (graph.standstills().empty())
        std::this_thread::yield();
    const std::string told = graph.standstills().front().what;
    BOOST_TEST(mentions(told, "\"lines\" waits for room before \"late\""), told);
    BOOST_TEST(mentions(told, "no edge is doubled, as the packets on them take "), told);
    BOOST_TEST(mentions(told, "the limit is 1000 (edge_memory)"), told);
    BOOST_TEST(graph.stop(1ms) == 1U);
}

BOOST_AUTO_TEST_CASE(for_room_end_though_copies_would_take_too_much_memory_did_they_not_share_it)
{
    class late_reader final : public component
    {
        input in{*this, "in"};
        input in2{*this, "in2"};
        input in3{*this, "in3"};
        void run() override
        {
            for (input* each : {&in3, &in2, &in})
                while (auto packet = each->receive())
                    drop(std::move(*packet));
        }
    };
    bench bench;
    graph_services services = impatient(bench);
    services.run.limits.edge_memory = 100'000;
    running_graph graph("shared", {}, services);
    BOOST_REQUIRE(!graph.deploy(
        plan_builder()
            .named("shared")
            .lines()
            .node("late", category::publisher, [] { return std::make_unique<late_reader>(); })
            .edge("lines.out", "late.in", 1)
            .edge("lines.out", "late.in2", 1)
            .edge("lines.out", "late.in3", 1)
            .build(),
        1, 30s));
    std::string lines;
    for (int i = 0; i < 128; ++i) // as many as an edge holds that was doubled
        lines += std::string(900, 'x') + '\n';
    auto request = bench::make_entry(lines);
    BOOST_REQUIRE((graph.submit(request) == admission::accepted));
    BOOST_TEST(graph.stop(20s) == 0U);
}

BOOST_AUTO_TEST_CASE(for_room_end_when_others_packets_have_left_memory)
{
    class late_reader final : public component
    {
        input in{*this, "in"};
        input in2{*this, "in2"};
        void run() override
        {
            for (input* each : {&in2, &in})
                while (auto packet = each->receive())
                    deliver(std::move(*packet));
        }
    };
    class other_door final : public component
    {
        accepts types{*this, {"text/other"}};
        input in{*this, "in"};
        output out{*this, "out"};
        void run() override
        {
            while (auto packet = in.receive())
                for (int i = 0; i < 3; ++i)
                    out.send(packet->clone());
        }
    };
    std::promise<void> go_on;
    bench bench;
    graph_services services = impatient(bench);
    services.run.limits.edge_memory = 10'000;
    running_graph graph("still", {}, services);
    BOOST_REQUIRE(!graph.deploy(
        plan_builder()
            .named("still")
            .lines()
            .node("other", category::adapter, [] { return std::make_unique<other_door>(); })
            .function(
                "slow",
                [over = go_on.get_future().share()](input& in, output&, function_component& self)
                {
                    while (auto packet = in.receive())
                    {
                        blocking([&] { over.wait(); });
                        self.deliver(std::move(*packet));
                    }
                })
            .node("late", category::publisher, [] { return std::make_unique<late_reader>(); })
            .edge("other.out", "slow.in")
            .edge("lines.out", "late.in", 1)
            .edge("lines.out", "late.in2", 1)
            .build(),
        1, 30s));
    auto large = bench::make_entry(std::string(20'000, 'x'), "text/other");
    BOOST_REQUIRE((graph.submit(large) == admission::accepted));
    auto small = bench::make_entry("a\nb\nc\nd");
    BOOST_REQUIRE((graph.submit(small) == admission::accepted));
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    const auto is_held_up = [&]
    {
        const auto found = graph.standstills();
        return !found.empty() && mentions(found.front().what, "no edge is doubled");
    };
    while (!is_held_up() && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    BOOST_TEST(is_held_up());
    go_on.set_value();
    BOOST_TEST(graph.stop(20s) == 0U);
    BOOST_TEST(graph.totals().delivered == 11U);
}

BOOST_AUTO_TEST_CASE(for_packets_that_never_come_are_told_with_their_producers)
{
    class holder final : public component
    {
        input in{*this, "in"};
        input in2{*this, "in2"};
        output out{*this, "out"};
        void run() override
        {
            while (auto one = in.receive())
                if (auto other = in2.receive())
                    out.send(std::move(*one));
        }
    };
    collected got;
    bench bench;
    running_graph graph("still", {}, impatient(bench));
    BOOST_REQUIRE(
        !graph.deploy(plan_builder()
                          .named("still")
                          .door()
                          .function("empty",
                                    [](input& in, output&, function_component& self)
                                    {
                                        while (auto packet = in.receive())
                                            self.drop(std::move(*packet));
                                    })
                          .node("join", category::op, [] { return std::make_unique<holder>(); })
                          .sink(got)
                          .edge("door.out", "empty.in")
                          .edge("door.out", "join.in")
                          .edge("empty.out", "join.in2")
                          .edge("join.out", "sink.in")
                          .build(),
                      1, 30s));
    auto request = bench::make_entry("one");
    BOOST_REQUIRE((graph.submit(request) == admission::accepted));
    BOOST_REQUIRE(bench.log.wait_for(1));
    BOOST_TEST(mentions(bench.log.texts().front(),
                        "\"join\" waits for packets at \"in2\" from \"empty\""));
    graph.stop(0ms);
}

BOOST_AUTO_TEST_CASE(for_a_time_keep_no_other_node_and_no_thread)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function("patient",
                               [](input& in, output& out, function_component&)
                               {
                                   while (auto packet = in.receive())
                                   {
                                       if (packet->text("text") == "wait")
                                           wait_for(5ms);
                                       out.send(std::move(*packet));
                                   }
                               })
                     .sink(got)
                     .sink(got, "other")
                     .edge("lines.out", "patient.in")
                     .edge("patient.out", "sink.in")
                     .edge("lines.out", "other.in"));
    const auto begin = std::chrono::steady_clock::now();
    BOOST_REQUIRE((bench.push("before\nwait\nafter\n") == admission::accepted));
    BOOST_REQUIRE(bench.settle());
    BOOST_TEST((std::chrono::steady_clock::now() - begin >= 5ms));
    BOOST_TEST(got.size() == 6U);
}

BOOST_AUTO_TEST_CASE(for_a_time_end_at_teardown)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("patient",
                               [&](input& in, output& out, function_component&)
                               {
                                   while (auto packet = in.receive())
                                   {
                                       got.add("waits");
                                       try
                                       {
                                           wait_for(std::chrono::hours(24));
                                       }
                                       catch (const stopped&)
                                       {
                                           got.add("stopped");
                                           throw;
                                       }
                                       out.send(std::move(*packet));
                                   }
                               })
                     .sink(got)
                     .edge("door.out", "patient.in")
                     .edge("patient.out", "sink.in"));
    auto request = bench::make_entry("x");
    BOOST_REQUIRE((bench.graph.submit(request) == admission::accepted));
    BOOST_REQUIRE(got.wait_for(1));
    bench.graph.stop(0ms);
    BOOST_REQUIRE(got.wait_for(2));
    BOOST_TEST(got.texts().back() == "stopped");
}

BOOST_AUTO_TEST_CASE(in_blocking_work_leave_lines_in_the_log_with_their_node)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("speaker",
                               [](input& in, output& out, function_component&)
                               {
                                   while (auto packet = in.receive())
                                   {
                                       blocking([] { log(severity::warning, "from inside"); });
                                       out.send(std::move(*packet));
                                   }
                               })
                     .sink(got)
                     .edge("door.out", "speaker.in")
                     .edge("speaker.out", "sink.in"));
    BOOST_REQUIRE((bench.push("x") == admission::accepted));
    BOOST_REQUIRE(bench.settle());
    BOOST_REQUIRE(bench.log.wait_for(1));
    BOOST_TEST(bench.log.texts().front() == "speaker: from inside");
}

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
