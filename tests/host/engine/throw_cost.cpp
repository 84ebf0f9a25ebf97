// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <ctime>
#include <limits>

BOOST_AUTO_TEST_SUITE(a_component_that_throws)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

// As printed in the guide for authors; text() throws for a packet whose text is no text.
class greet final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};
    penstock::parameter<std::string> greeting{*this, "greeting", "hello",
                                              "What to say to each packet."};

    void run() override
    {
        while (auto packet = in.receive())
        {
            packet->set("text", *greeting + ", " + packet->text("text"));
            out.send(std::move(*packet));
        }
    }
};

// Reads and writes a document for each packet, as the graphs of users do.
void read_json(input& in, output& out, function_component&)
{
    while (auto packet = in.receive())
    {
        packet->set_fields(parse_json(packet->text("text")).as_object());
        out.send(std::move(*packet));
    }
}

void write_and_drop(input& in, output&, function_component& self)
{
    std::string written;
    while (auto packet = in.receive())
    {
        written.clear();
        write_json(packet->fields(), written);
        self.deliver(std::move(*packet));
    }
}

// Greets 10,000 packets; throws on a tenth of them if their text is `of_the_tenth`, a number.
double cpu_seconds_to_greet(const std::string& of_the_tenth)
{
    std::string documents;
    for (std::size_t i = 0; i < 10'000; ++i)
        documents += R"({"text":)" + (i % 10 == 0 ? of_the_tenth : R"("world")") +
                     R"(,"title":"A document of ordinary size","number":)" + std::to_string(i) +
                     R"(,"tags":["one","two"],"body":")" + std::string(1500, 'x') + "\"}\n";
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function("read", read_json)
                     .node("greet", category::transformer, [] { return std::make_unique<greet>(); })
                     .function("write", write_and_drop, category::publisher)
                     .edge("lines.out", "read.in")
                     .edge("read.out", "greet.in")
                     .edge("greet.out", "write.in"));
    const std::clock_t begin = std::clock();
    bench.push(std::move(documents));
    BOOST_TEST(bench.settle());
    const double spent = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    BOOST_TEST(bench.dead_letters().size() == (of_the_tenth == "1" ? 1'000U : 0U));
    return spent;
}

} // namespace

BOOST_AUTO_TEST_CASE(costs_at_most_twice_the_time_without_throws)
{
    double with = std::numeric_limits<double>::max();
    double without = with;
    // The least of several, and of more if that does not do: others use this machine too.
    constexpr int least_rounds = 7;
    constexpr int most_rounds = 50;
    for (int round = 0; round < most_rounds && (round < least_rounds || with > 2 * without);
         ++round)
    {
        without = std::min(without, cpu_seconds_to_greet(R"("world")"));
        with = std::min(with, cpu_seconds_to_greet("1"));
    }
    BOOST_TEST(with <= 2 * without);
}
BOOST_AUTO_TEST_SUITE_END()
