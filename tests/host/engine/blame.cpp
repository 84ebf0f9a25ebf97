// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

// Which packets an exception costs when a component has several, or several inputs.

BOOST_AUTO_TEST_SUITE(a_component_that_throws_with_many_in_hand)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_CASE(costs_only_the_packet_to_blame_of_a_batch_though_none_is_tried_again)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function("batches",
                               [](input& in, output& out, function_component&)
                               {
                                   while (batch some = in.receive_some(4, 1ms))
                                       for (packet& each : some)
                                       {
                                           if (each.text("text") == "bad")
                                               throw std::runtime_error("bad");
                                           out.send(std::move(each));
                                       }
                               })
                     .sink(got)
                     .edge("lines.out", "batches.in")
                     .edge("batches.out", "sink.in"));
    bench.push("a\nbad\nb\nc\nd\nbad\ne\nf");
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(got.texts() == (std::vector<std::string>{"a", "b", "c", "d", "e", "f"}),
               boost::test_tools::per_element());
    BOOST_TEST(bench.dead_letters().size() == 2U);
    for (const dead_letter& each : bench.dead_letters())
        BOOST_TEST(each.packet.at("fields").at("text").as_string() == "bad");
}

// Once the end of the request was seen, nothing would follow the packets that come again.
BOOST_AUTO_TEST_CASE(costs_only_the_packet_to_blame_of_a_request_though_none_is_tried_again)
{
    std::vector<std::size_t> sizes;
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function("whole",
                               [&](input& in, output& out, function_component&)
                               {
                                   while (batch request = in.receive_request())
                                   {
                                       sizes.push_back(request.size());
                                       for (packet& each : request)
                                       {
                                           if (each.text("text") == "bad")
                                               throw std::runtime_error("bad");
                                           out.send(std::move(each));
                                       }
                                   }
                               })
                     .sink(got)
                     .edge("lines.out", "whole.in")
                     .edge("whole.out", "sink.in"));
    bench.push("a\nbad\nb\nbad");
    BOOST_TEST_REQUIRE(bench.settle());
    bench.push("c\nd");
    bench.push("bad");
    bench.push("e");
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(bench.graph.stop(10s) == 0U);
    BOOST_TEST(sizes == (std::vector<std::size_t>{4, 1, 1, 1, 2, 1, 1}),
               boost::test_tools::per_element());
    BOOST_TEST(got.texts() == (std::vector<std::string>{"a", "b", "c", "d", "e"}),
               boost::test_tools::per_element());
    BOOST_TEST(bench.graph.totals().dead == 3U);
}

// A component that throws between its inputs has received a request from one and not the other.
BOOST_AUTO_TEST_CASE(still_gets_the_same_request_from_all_inputs)
{
    class joint final : public component
    {
    public:
        explicit joint(int& throws) : throws_(throws) {}

    private:
        input in{*this, "in"};
        input in2{*this, "in2"};
        output out{*this, "out"};
        int& throws_;

        void run() override
        {
            for (;;)
            {
                batch left = in.receive_request();
                if (!left.empty() && left.back().text("text") == "wait" && throws_++ == 0)
                    throw std::runtime_error("not now");
                batch right = in2.receive_request();
                if (!left && !right)
                    return;
                for (packet& each : right)
                {
                    std::string all = each.text("text") + ":";
                    for (const packet& other : left)
                        all += other.text("text");
                    each.set("text", all);
                    out.send(std::move(each));
                }
            }
        }
    };
    int throws = 0;
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .node("joint", category::op, [&] { return std::make_unique<joint>(throws); })
                     .sink(got)
                     .edge("lines.out", "joint.in")
                     .edge("lines.out", "joint.in2")
                     .edge("joint.out", "sink.in"));
    for (const char* text : {"a", "b\nwait", "c"})
        bench.push(text);
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(throws == 1);
    BOOST_TEST(got.texts() == (std::vector<std::string>{"a:a", "b:b", "wait:b", "c:c"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
