// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/bench.hpp"

#include "host/supervise/inflight.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

BOOST_AUTO_TEST_SUITE(careful_mode)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

/// A graph after a crash, until so many entries have ended, and what a crash would find.
struct crashed_before
{
    supervise::shared_memory memory;
    supervise::inflight threads{memory};
    tests::bench bench;

    explicit crashed_before(std::uint64_t entries)
        : bench({.graph = "test", .careful = true, .watched = entries}, threads)
    {
    }

    /// The packet that the component `it` would be blamed for; zero: none.
    [[nodiscard]] packet_id noted() const
    {
        for (std::uint32_t i = 1; i < 20; ++i)
            if (const auto name = supervise::inflight::name_of(memory, i);
                name && name->node == "it")
                return memory.record(i).has_packet.load() == 0 ? packet_id()
                                                               : memory.record(i).packet;
        throw std::runtime_error("no record of the component");
    }

    void deploy(const function_component::body& body)
    {
        bench.deploy(plan_builder()
                         .named("test")
                         .lines()
                         .function("it", body, category::publisher)
                         .edge("lines.out", "it.in"));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(hands_packets_out_one_at_a_time_and_notes_each)
{
    std::vector<std::size_t> sizes;
    bool all_noted = true;
    crashed_before after(2);
    after.deploy(
        [&](input& in, output&, function_component& self)
        {
            while (batch some = in.receive_some(100, 10s))
            {
                sizes.push_back(some.size());
                all_noted = all_noted && after.noted() == some.front().id();
                for (packet& each : some)
                    self.deliver(std::move(each));
            }
        });
    after.bench.push("a\nb\nc");
    BOOST_TEST_REQUIRE(after.bench.settle());
    BOOST_TEST(sizes == (std::vector<std::size_t>{1, 1, 1}), boost::test_tools::per_element());
    BOOST_TEST(all_noted);
}

BOOST_AUTO_TEST_CASE(ends_when_the_suspects_have_ended)
{
    std::vector<std::size_t> sizes;
    bool any_noted = false;
    crashed_before after(1);
    after.deploy(
        [&](input& in, output&, function_component& self)
        {
            while (batch some = in.receive_some(3, 20s))
            {
                sizes.push_back(some.size());
                any_noted = any_noted || (sizes.size() > 1 && after.noted() != packet_id());
                for (packet& each : some)
                    self.deliver(std::move(each));
            }
        });
    after.bench.push("a");
    BOOST_TEST_REQUIRE(after.bench.settle());
    after.bench.push("a\nb\nc");
    BOOST_TEST_REQUIRE(after.bench.settle());
    BOOST_TEST(sizes == (std::vector<std::size_t>{1, 3}), boost::test_tools::per_element());
    BOOST_TEST(!any_noted);
}

BOOST_AUTO_TEST_CASE(notes_a_packet_only_while_it_is_alone_in_hand)
{
    std::vector<bool> noted;
    crashed_before after(2);
    after.deploy(
        [&](input& in, output&, function_component& self)
        {
            const auto look = [&](const packet& at) { noted.push_back(after.noted() == at.id()); };
            while (auto first = in.receive())
            {
                look(*first);
                auto second = in.receive();
                look(*first);
                look(*second);
                self.deliver(std::move(*first));
                look(*second); // and nothing else is left
                self.deliver(std::move(*second));
                noted.push_back(after.noted() != packet_id());
            }
        });
    after.bench.push("a\nb");
    BOOST_TEST_REQUIRE(after.bench.settle());
    BOOST_TEST(after.bench.graph.stop(10s) == 0U); // or it might not have looked for the last time
    BOOST_TEST(noted == (std::vector<bool>{true, false, false, true, false}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(notes_no_packet_that_was_sent_on_or_joined)
{
    collected got;
    std::vector<bool> noted;
    crashed_before after(2);
    after.bench.deploy(
        plan_builder()
            .named("test")
            .lines()
            .function("it",
                      [&](input& in, output& out, function_component&)
                      {
                          while (auto first = in.receive())
                          {
                              out.send(std::move(*first));
                              if (auto second = in.receive_until(std::chrono::steady_clock::now()))
                              {
                                  packet parent = second->derive();
                                  parent.set("text", second->text("text"));
                                  parent.join(std::move(*second));
                                  noted.push_back(after.noted() != packet_id());
                                  out.send(std::move(parent));
                              }
                          }
                      })
            .sink(got)
            .edge("lines.out", "it.in")
            .edge("it.out", "sink.in"));
    after.bench.push("a\nb");
    BOOST_TEST_REQUIRE(after.bench.settle());
    BOOST_TEST(got.texts() == (std::vector<std::string>{"a", "b"}),
               boost::test_tools::per_element());
    BOOST_TEST(noted == std::vector<bool>{false}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
