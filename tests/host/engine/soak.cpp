// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/memory_journal.hpp"
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <malloc.h>
#include <unistd.h>

// The memory of a graph that works for long: it is bounded by what waits now, and not by how many
// requests there were.
//
// PENSTOCK_SOAK sets how many requests each case has.

BOOST_AUTO_TEST_SUITE(a_long_run)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

constexpr std::size_t requests_of_a_window = 10;
constexpr std::size_t least_growth_that_counts = std::size_t{512} << 10;

// A multiple of ten windows.
std::size_t count_of_requests()
{
    const char* const text = std::getenv("PENSTOCK_SOAK");
    const std::size_t wanted = text == nullptr ? 200'000 : std::stoull(text);
    return wanted / (10 * requests_of_a_window) * (10 * requests_of_a_window);
}

struct memory
{
    std::size_t allocated; ///< none is known under a sanitizer
    std::size_t resident;
};

memory memory_of_this_process()
{
    const struct mallinfo2 heap = ::mallinfo2();
    std::ifstream pages("/proc/self/statm");
    std::size_t all = 0;
    std::size_t resident = 0;
    pages >> all >> resident;
    return {heap.uordblks + heap.hblkhd, resident * static_cast<std::size_t>(::getpagesize())};
}

// Has a graph process many requests, none of which is kept, and compares its memory after the first
// tenth with that at the end.
void must_be_flat(const plan_builder& plan, std::size_t keys = 0)
{
    memory_journal_options few_receipts;
    few_receipts.most_receipts = 100;
    memory_journal journal(few_receipts);
    bench bench(journal, {.entries = 200});
    bench.deploy(plan);
    const auto process = [&](std::size_t count)
    {
        for (std::size_t i = 0; i < count; ++i)
            while (bench.push("x", keys == 0 ? "" : std::to_string(i % keys)) !=
                   admission::accepted)
                std::this_thread::yield();
        BOOST_TEST_REQUIRE(bench.settle());
    };
    const std::size_t count = count_of_requests();
    process(count / 10);
    const memory early = memory_of_this_process();
    process(count - count / 10);
    const memory late = memory_of_this_process();
    BOOST_TEST(late.allocated < early.allocated + least_growth_that_counts);
    BOOST_TEST_MESSAGE("soak: " << boost::unit_test::framework::current_test_case().p_name << ": "
                                << count << " requests; " << early.allocated / 1024 << " KiB after "
                                << "the first tenth, " << late.allocated / 1024
                                << " KiB at the end (resident " << early.resident / 1024 << " and "
                                << late.resident / 1024 << " KiB)");
    BOOST_TEST(bench.graph.stop(30s) == 0U);
}

function_component::body pass()
{
    return [](input& in, output& out, function_component&)
    {
        while (auto packet = in.receive())
            out.send(std::move(*packet));
    };
}

function_component::body end_all()
{
    return [](input& in, output&, function_component& self)
    {
        while (auto packet = in.receive())
            self.deliver(std::move(*packet));
    };
}

// Reads one of its inputs alone.
class one_sided final : public component
{
    input in{*this, "in"};
    input in2{*this, "in2"};
    output out{*this, "out"};

    void run() override
    {
        while (auto packet = in.receive())
            out.send(std::move(*packet));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(of_a_join_whose_unread_input_gets_only_ends_of_requests_takes_no_memory)
{
    must_be_flat(plan_builder()
                     .door()
                     .function("sieve",
                               [](input& in, output&, function_component& self)
                               {
                                   while (auto packet = in.receive())
                                       self.drop(std::move(*packet));
                               })
                     .node("join", category::op, [] { return std::make_unique<one_sided>(); })
                     .function("end", end_all(), category::publisher)
                     .edge("door.out", "join.in")
                     .edge("door.out", "sieve.in")
                     .edge("sieve.out", "join.in2")
                     .edge("join.out", "end.in"));
}

BOOST_AUTO_TEST_CASE(of_a_window_of_an_hour_takes_no_memory)
{
    must_be_flat(plan_builder()
                     .door()
                     .function("window",
                               [](input& in, output& out, function_component&)
                               {
                                   std::vector<packet> held;
                                   for (;;)
                                   {
                                       auto next =
                                           in.receive_until(std::chrono::steady_clock::now() + 1h);
                                       if (next)
                                           held.push_back(std::move(*next));
                                       if (held.size() == requests_of_a_window || next.closed())
                                           for (packet& each : std::exchange(held, {}))
                                               out.send(std::move(each));
                                       if (next.closed())
                                           return;
                                   }
                               })
                     .function("end", end_all(), category::publisher)
                     .edge("door.out", "window.in")
                     .edge("window.out", "end.in"));
}

BOOST_AUTO_TEST_CASE(of_requests_with_keys_some_tried_again_takes_no_memory)
{
    std::size_t received = 0;
    must_be_flat(plan_builder()
                     .door()
                     .function("again",
                               [&received](input& in, output& out, function_component& self)
                               {
                                   while (auto packet = in.receive())
                                       if (++received % 10'000 == 0)
                                           self.retry(std::move(*packet), "now and then");
                                       else
                                           out.send(std::move(*packet));
                               })
                     .retry({.attempts = 100, .backoff = 1ms, .max_backoff = 1ms})
                     .function("pass", pass())
                     .function("end", end_all(), category::publisher)
                     .edge("door.out", "again.in")
                     .edge("again.out", "pass.in")
                     .edge("pass.out", "end.in"),
                 1'000'000);
}

BOOST_AUTO_TEST_SUITE_END()
