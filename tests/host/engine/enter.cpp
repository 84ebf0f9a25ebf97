// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(an_entry_that_enters_at_a_node)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

void pass(input& in, output& out, function_component&)
{
    while (auto packet = in.receive())
        out.send(std::move(*packet));
}

std::unique_ptr<entry> entry_at(const std::string& node, std::size_t port, std::string text)
{
    auto made = bench::make_entry(std::move(text));
    made->node = node;
    made->port = port;
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(passes_no_node_before_it)
{
    collected got;
    int before = 0;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("count",
                               [&](input& in, output& out, function_component&)
                               {
                                   while (auto packet = in.receive())
                                   {
                                       ++before;
                                       out.send(std::move(*packet));
                                   }
                               })
                     .function("pass", pass)
                     .sink(got)
                     .edge("door.out", "count.in")
                     .edge("count.out", "pass.in")
                     .edge("pass.out", "sink.in"));
    bench.push(entry_at("pass", 0, "late"));
    bench.push(entry_at("sink", 0, "later"));
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(got.texts() == (std::vector<std::string>{"late", "later"}),
               boost::test_tools::per_element());
    BOOST_TEST(before == 0);
    BOOST_TEST(bench.graph.totals().delivered == 2U);
    BOOST_TEST(bench.graph.stop(10s) == 0U);
}

BOOST_AUTO_TEST_CASE(is_a_request_of_its_own)
{
    std::vector<std::size_t> sizes;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function(
                         "whole",
                         [&](input& in, output&, function_component& self)
                         {
                             while (batch request = in.receive_request())
                             {
                                 if (!request.empty())
                                     sizes.push_back(request.size());
                                 for (packet& each : request)
                                     self.deliver(std::move(each));
                             }
                         },
                         category::publisher)
                     .edge("lines.out", "whole.in"));
    bench.push(entry_at("whole", 0, "x"));
    BOOST_TEST_REQUIRE(bench.settle());
    bench.push("a\nb");
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(sizes == (std::vector<std::size_t>{1, 2}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(becomes_a_letter_if_there_is_no_such_node_or_input)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder().door().sink(got).edge("door.out", "sink.in"));
    std::shared_ptr<const receipt> issued;
    bench.push(entry_at("gone", 0, "a"), &issued);
    bench.push(entry_at("sink", 1, "b"));
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(got.size() == 0U);
    const std::vector<dead_letter> dead_letters = bench.dead_letters();
    BOOST_TEST_REQUIRE(dead_letters.size() == 2U);
    const dead_letter& dead_letter = dead_letters.back();
    BOOST_TEST(dead_letter.node == "gone");
    BOOST_TEST(dead_letter.reason ==
               "was to enter at input 0 of node \"gone\", which this version of "
               "the graph has not");
    BOOST_TEST(dead_letter.packet.at("fields").at("text") == "a");
    BOOST_TEST(dead_letter.receipts.at(0) == issued->id().text());
    BOOST_TEST(issued->result().dead_count == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
