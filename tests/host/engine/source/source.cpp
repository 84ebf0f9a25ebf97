// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// How packets of a source get into a graph, and when the upstream hears of their ends.
#include "host/engine/entry.hpp"
#include "host/lane/source_packet.hpp"
#include "tests/host/engine/source/sources.hpp"
#include "tests/host/journal/passing_journal.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <set>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_SUITE(sources)

BOOST_AUTO_TEST_CASE(hear_of_all_ends_in_the_order_of_their_upstream)
{
    for (const std::size_t lanes : {1, 2, 4})
    {
        upstream all(3000);
        collected got;
        bench bench;
        bench.deploy(from(all, false).sink(got).edge("numbers.out", "sink.in"), lanes);
        BOOST_TEST(all.wait_for_acknowledgements(3000));
        BOOST_TEST(bench.graph.stop(10s) == 0U);
        BOOST_TEST(all.acknowledged() == texts_of(0, 3000), boost::test_tools::per_element());
        BOOST_TEST(got.size() == 3000U);
        BOOST_TEST(bench.graph.totals().delivered == 3000U);
    }
}

BOOST_AUTO_TEST_CASE(hear_of_nothing_behind_a_packet_that_has_not_ended)
{
    upstream all(20);
    gate held;
    held.let_pass("1");
    bench bench;
    bench.deploy(through(all, held), 2); // least loaded: each lane has one of the first two
    BOOST_TEST(held.came.wait_for(3));   // so the second has ended
    BOOST_TEST(all.acknowledged().empty());
    held.open();
    BOOST_TEST(all.wait_for_acknowledgements(20));
    BOOST_TEST(all.low_water() == 20);
}

BOOST_AUTO_TEST_CASE(are_not_asked_for_more_than_may_be_in_flight)
{
    upstream all(1000);
    gate held;
    bench bench;
    bench.deploy(through(all, held, 5));
    BOOST_TEST(held.came.wait_for(1));
    BOOST_TEST(all.wait_for_reads(6)); // one is in its hand
    for (int i = 0; i < 5; ++i)        // the lanes go round
        bench.push("x");
    BOOST_TEST(all.reads() == 6);
    held.open();
    BOOST_TEST(all.wait_for_acknowledgements(1000));
}

BOOST_AUTO_TEST_CASE(are_not_asked_while_their_graph_is_full_and_go_on_when_it_has_room)
{
    upstream all(1000);
    gate held;
    bench bench(quota_limits{.entries = 4});
    bench.deploy(through(all, held));
    BOOST_TEST(all.wait_for_reads(5));
    BOOST_TEST(held.came.wait_for(1));
    const std::uint64_t refused = bench.graph.totals().refused;
    held.let_pass("0");
    held.let_pass("1");
    BOOST_TEST(held.came.wait_for(3));
    BOOST_TEST(all.reads() <= 8);
    BOOST_TEST(bench.graph.totals().refused <=
               refused + 6); // two tries each time room is given back
    held.open();
    BOOST_TEST(all.wait_for_acknowledgements(1000));
    BOOST_TEST(bench.graph.totals().dead == 0U);
}

BOOST_AUTO_TEST_CASE(go_on_when_their_graph_has_room_for_dead_letters_again)
{
    upstream all(100);
    collected got;
    bench bench(quota_limits{.dead_letters = 1});
    dead_letter earlier;
    earlier.graph = "test";
    earlier.reason = "no";
    const std::string id = bench.journal.dead(earlier);
    bench.deploy(from(all).sink(got).edge("numbers.out", "sink.in"));
    BOOST_TEST(all.wait_for_reads(1));
    BOOST_TEST((bench.push("x") == admission::closed));
    BOOST_TEST(got.size() == 0U);
    bench.journal.kept().drop(id);
    BOOST_TEST(all.wait_for_acknowledgements(100));
}

BOOST_AUTO_TEST_CASE(without_the_base_go_on_too_when_a_full_graph_has_room)
{
    class maker final : public component
    {
        output out{*this, "out"};
        void run() override
        {
            for (int i = 0; i < 1000; ++i)
                out.send(packet({{"text", "made"}}));
        }
    };
    collected got;
    bench bench(quota_limits{.entries = 2});
    bench.deploy(plan_builder()
                     .node("make", category::adapter, [] { return std::make_unique<maker>(); })
                     .sink(got)
                     .edge("make.out", "sink.in"));
    BOOST_TEST(got.wait_for(1000));
}

BOOST_AUTO_TEST_CASE(give_a_position_the_same_id_each_time)
{
    const auto ids_of = [](const std::string& graph)
    {
        upstream all(5);
        collected got;
        bench bench;
        bench.deploy(from(all)
                         .named(graph)
                         .function(
                             "ids",
                             [&](input& in, output&, function_component& self)
                             {
                                 while (auto packet = in.receive())
                                 {
                                     got.add(packet->id().text());
                                     self.deliver(std::move(*packet));
                                 }
                             },
                             category::publisher)
                         .edge("numbers.out", "ids.in"));
        BOOST_TEST(all.wait_for_acknowledgements(5));
        return got.texts();
    };
    const std::vector<std::string> first = ids_of("a");
    BOOST_TEST(ids_of("a") == first, boost::test_tools::per_element());
    BOOST_TEST(std::set<std::string>(first.begin(), first.end()).size() == 5U);
    BOOST_TEST(ids_of("b") != first);
}

BOOST_AUTO_TEST_CASE(have_the_packets_of_one_key_worked_off_in_order)
{
    upstream all(2000);
    collected even, odd;
    const auto collect = [&](input& in, output&, function_component& self)
    {
        while (auto packet = in.receive())
        {
            (packet->meta("parity") == "even" ? even : odd).add(packet->text("text"));
            self.deliver(std::move(*packet));
        }
    };
    bench bench;
    bench.deploy(from(all, false)
                     .partitioned_by("parity")
                     .function("collect", collect, category::publisher)
                     .edge("numbers.out", "collect.in"),
                 4);
    BOOST_TEST(all.wait_for_acknowledgements(2000));
    for (const collected* each : {&even, &odd})
    {
        const std::vector<std::string> texts = each->texts();
        BOOST_TEST(texts.size() == 1000U);
        BOOST_TEST(std::ranges::is_sorted(texts, {},
                                          [](const std::string& text) { return std::stoi(text); }));
    }
}

BOOST_AUTO_TEST_CASE(have_the_packets_of_one_id_kept_in_order_where_nothing_else_is_named)
{
    packet content;
    content.set_meta("id", "a/b.txt");
    content.set_meta("kind", "text");
    const std::string node = "numbers";
    const std::shared_ptr<completion_queue> none;
    const source_packet what{node, 0, content, none, std::nullopt};
    BOOST_TEST(to_entry(what, "")->key == "a/b.txt");
    content = packet();
    content.set_meta("id", "a/b.txt");
    content.set_meta("kind", "text");
    BOOST_TEST(to_entry(what, "kind")->key == "text");
}

namespace
{

/// A journal whose letters are on disk when it is told that they are.
class slow_journal final : public passing_journal
{
public:
    bool flush() override
    {
        asked.add("");
        may_flush_.wait(false);
        return true;
    }

    void let_flush()
    {
        may_flush_ = true;
        may_flush_.notify_all();
    }

    collected asked;

private:
    std::atomic<bool> may_flush_{false};
};

} // namespace

BOOST_AUTO_TEST_CASE(acknowledge_a_dead_letter_once_it_is_on_disk)
{
    upstream all(3);
    slow_journal journal;
    bench bench(journal);
    bench.deploy(from(all)
                     .function(
                         "fails",
                         [](input& in, output&, function_component& self)
                         {
                             while (auto packet = in.receive())
                             {
                                 if (packet->text("text") == "1")
                                     self.fail(std::move(*packet), "is one");
                                 else
                                     self.deliver(std::move(*packet));
                             }
                         },
                         category::publisher)
                     .edge("numbers.out", "fails.in"));
    BOOST_TEST(journal.asked.wait_for(1));
    BOOST_TEST(all.low_water() <= 1);
    journal.let_flush();
    BOOST_TEST(all.wait_for_acknowledgements(3));
    BOOST_TEST(bench.dead_letters().size() == 1U);
}

BOOST_AUTO_TEST_CASE(make_dead_letters_of_what_they_refuse_and_acknowledge_it_once_it_is_on_disk)
{
    upstream all(3);
    all.refuse(1);
    slow_journal journal;
    collected got;
    bench bench(journal);
    bench.deploy(from(all).sink(got).edge("numbers.out", "sink.in"));
    BOOST_TEST(journal.asked.wait_for(1));
    BOOST_TEST(all.low_water() <= 1);
    journal.let_flush();
    BOOST_TEST(all.wait_for_acknowledgements(3));
    BOOST_TEST(all.acknowledged() == texts_of(0, 3), boost::test_tools::per_element());
    BOOST_TEST(got.texts() == (std::vector<std::string>{"0", "2"}),
               boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(bench.dead_letters().size() == 1U);
    BOOST_TEST(bench.dead_letters()[0].node == "numbers");
    BOOST_TEST(bench.dead_letters()[0].reason == "is refused");
}

BOOST_AUTO_TEST_CASE(
    make_dead_letters_of_packets_that_are_larger_than_all_that_their_graph_may_hold)
{
    upstream all(3);
    collected got;
    bench bench(quota_limits{.bytes = 100});
    bench.deploy(from(all).sink(got).edge("numbers.out", "sink.in"));
    BOOST_TEST(all.wait_for_acknowledgements(3));
    BOOST_TEST_REQUIRE(bench.dead_letters().size() == 3U);
    BOOST_TEST(bench.dead_letters()[0].reason.find("bytes; at most 100 were expected") !=
               std::string::npos);
    BOOST_TEST(all.connects() == 1U); // the source goes on
    BOOST_TEST(got.size() == 0U);
}

BOOST_AUTO_TEST_CASE(make_one_dead_letter_of_such_a_packet_though_its_upstream_gives_it_again)
{
    upstream all(20);
    all.lose_acknowledgements(2);
    collected got;
    bench bench(quota_limits{.bytes = 100});
    bench.deploy(from(all).sink(got).edge("numbers.out", "sink.in"));
    BOOST_TEST(all.wait_for_acknowledgements(20));
    BOOST_TEST(all.connects() > 1U);
    BOOST_TEST(bench.dead_letters().size() == 20U);
}

BOOST_AUTO_TEST_SUITE_END()
