// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/dead_letters.hpp"

#include "host/engine/replay.hpp"

#include "tests/host/engine/bench.hpp"
#include "tests/host/engine/reluctant_journal.hpp"

#include <boost/test/unit_test.hpp>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_SUITE(dead_letters_of_a_graph)

namespace
{

struct kept
{
    tests::bench bench;
    const graph_services services = bench.services();
    host::dead_letters dead_letters{"test", services, quota_limits().dead_letters};

    // A record as the journal gives it back; without a head if its checksum was wrong.
    static journal_entry entry_of(std::string head)
    {
        journal_entry made;
        made.number = 7;
        made.graph = "test";
        made.head = bytes(std::move(head));
        return made;
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(without_room_for_them_the_graph_takes_in_nothing_and_loses_nothing)
{
    quota_limits small;
    small.dead_letters = 2'000;
    tests::bench bench(small);
    plan_builder plan;
    collected got;
    plan.door()
        .function("fail",
                  [](input& in, output&, function_component& self)
                  {
                      while (auto packet = in.receive())
                          self.fail(std::move(*packet), "no");
                  })
        .sink(got)
        .edge("door.out", "fail.in")
        .edge("fail.out", "sink.in");
    bench.deploy(plan);
    std::size_t accepted = 0;
    while (accepted < 1'000 && bench.push(std::string(100, 'x')) == admission::accepted)
    {
        ++accepted;
        BOOST_TEST_REQUIRE(bench.settle());
    }
    BOOST_TEST(accepted < 20U);
    BOOST_TEST(bench.dead_letters().size() == accepted);
    BOOST_TEST(bench.graph.dead_letter_room().full_since().has_value());
    BOOST_TEST((bench.push("x") == admission::closed));
    BOOST_TEST(bench.log.texts().back().find("takes in nothing: its dead letters take") !=
               std::string::npos);

    auto replay = make_replay(bench.dead_letters().front(), replay_from::node, nullptr, {});
    BOOST_TEST_REQUIRE(replay.has_value());
    BOOST_TEST((bench.push(*std::move(replay)) == admission::accepted));
    BOOST_TEST_REQUIRE(bench.settle());

    for (const dead_letter& each : bench.dead_letters())
        bench.journal.kept().drop(each.id);
    BOOST_TEST(!bench.graph.dead_letter_room().full_since().has_value());
    BOOST_TEST((bench.push("x") == admission::accepted));
    BOOST_TEST_REQUIRE(bench.settle());
}

BOOST_AUTO_TEST_CASE(a_node_that_makes_many_waits_for_the_disk_from_time_to_time)
{
    memory_journal memory;
    reluctant_journal journal(memory);
    tests::bench bench(journal);
    plan_builder plan;
    collected got;
    plan.door()
        .function("fail",
                  [](input& in, output&, function_component& self)
                  {
                      while (auto packet = in.receive())
                      {
                          for (int n = 0; n < 20'000; ++n)
                              self.fail(packet->derive(), "no");
                          self.drop(std::move(*packet));
                      }
                  })
        .sink(got)
        .edge("door.out", "fail.in")
        .edge("fail.out", "sink.in");
    bench.deploy(plan);
    BOOST_TEST((bench.push("x") == admission::accepted));
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(bench.dead_letters().size() == 20'000U);
    BOOST_TEST(journal.most_unflushed() <= 4096U);
}

BOOST_FIXTURE_TEST_CASE(name_the_graph_and_the_entry_of_the_packet, kept)
{
    const auto receipt = bench.receipts.open(bench.journal.number(), "test");
    dead_packet what;
    what.node = "sink";
    what.reason = "cannot take that";
    what.receipts = {receipt->id().text()};
    const std::string id = dead_letters.keep(std::move(what));
    const auto found = bench.dead_letters();
    BOOST_TEST_REQUIRE(found.size() == 1U);
    BOOST_TEST(found[0].id == id);
    BOOST_TEST(found[0].graph == "test");
    BOOST_TEST(found[0].node == "sink");
    BOOST_TEST(found[0].entry == receipt->number());
}

BOOST_FIXTURE_TEST_CASE(are_of_no_entry_if_the_packet_stood_for_several, kept)
{
    dead_packet what;
    what.receipts = {"a", "b"};
    (void)dead_letters.keep(std::move(what));
    BOOST_TEST(bench.dead_letters().at(0).entry == 0U);
}

BOOST_FIXTURE_TEST_CASE(keep_a_record_that_cannot_be_read, kept)
{
    const receipt_result end = dead_letters.keep_damaged(entry_of({}), "its checksum is wrong");
    BOOST_TEST(end.dead_count == 1U);
    BOOST_TEST_REQUIRE(end.dead.size() == 1U);
    BOOST_TEST(end.dead[0].at("reason").as_string() ==
               "journal: record 7 is damaged: its checksum is wrong");
    BOOST_TEST(bench.dead_letters().at(0).id == end.dead[0].at("id").as_string());
    BOOST_TEST(bench.dead_letters().at(0).entry == 7U);
    BOOST_TEST(bench.log.texts() == (std::vector<std::string>{
                                        ": journal: record 7 is damaged: its checksum is wrong"}),
               boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(say_of_a_suspect_entry_that_it_is_damaged_too, kept)
{
    const receipt_result end = dead_letters.keep_quarantined(
        entry_of({}), {.packet = {}, .node = {}, .reason = "ended 3 workers", .attempts = 3});
    BOOST_TEST(end.dead.at(0).at("reason").as_string() ==
               "ended 3 workers; and its record is damaged: its checksum is wrong");
    BOOST_TEST(bench.dead_letters().at(0).attempts == 3U);
}

// A version before had an adapter for it, as it was taken in.
BOOST_AUTO_TEST_CASE(have_what_no_adapter_takes_any_more)
{
    tests::bench bench;
    collected got;
    bench.deploy(plan_builder().lines().sink(got).edge("lines.out", "sink.in"));
    auto mixed = tests::bench::make_entry("taken");
    mixed->packets.push_back(
        std::move(tests::bench::make_entry("{}", "application/json")->packets[0]));
    std::shared_ptr<const receipt> issued;
    BOOST_TEST((bench.push(std::move(mixed), &issued) == admission::accepted));
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(got.size() == 1U);
    const receipt_result& result = issued->result();
    BOOST_TEST(result.delivered == 1U);
    BOOST_TEST(result.dead_count == 1U);
    BOOST_TEST_REQUIRE(bench.dead_letters().size() == 1U);
    const std::string reason = bench.dead_letters().front().reason;
    BOOST_TEST(reason == "no adapter of this version of the graph takes application/json");
}

BOOST_AUTO_TEST_SUITE_END()
