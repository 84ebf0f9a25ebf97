// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What one hop costs: CPU nanoseconds per packet per edge, through the host's lane with real
// packets and counters on, against a chain of virtual calls and oneTBB's lightweight flow graph, in
// one process and in turn: hop_bench ROUNDS. Each runs few hops and many; the difference is the
// hops. Prints one JSON object a round.

#include "lane_graphs.hpp"
#include "peers.hpp"

#include <oneapi/tbb/global_control.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <string>
#include <vector>

namespace
{

using namespace penstock::bench;

constexpr int few = 2;
constexpr int many = 10;

struct competitor
{
    const char* name;
    std::function<double(int hops, std::size_t items)> run;
    std::size_t items = 400'000;
};

// Of the least of some runs each: what the machine does besides only ever adds to one.
double hop_nanoseconds(const competitor& each)
{
    double less = each.run(few, each.items);
    double more = each.run(many, each.items);
    for (int again = 1; again < 5; ++again)
    {
        less = std::min(less, each.run(few, each.items));
        more = std::min(more, each.run(many, each.items));
    }
    return (more - less) * 1e9 / static_cast<double>(each.items * (many - few));
}

} // namespace

int main(int count, char** arguments)
try
{
    const int rounds = count > 1 ? std::atoi(arguments[1]) : 11;
    const oneapi::tbb::global_control one(oneapi::tbb::global_control::max_allowed_parallelism, 1);
    const std::vector<competitor> all{
        {"virtual call", virtual_chain},
        {"capacity 256", lane_chain{}},
        {"in batches", lane_chain{.how = manner::in_batches}},
        {"in spans", lane_chain{.how = manner::in_spans}},
        {"tapped", lane_chain{.tapped = true}},
        {"capacity 16", lane_chain{.capacity = 16}},
        {"capacity 1", lane_chain{.capacity = 1}, 50'000},
        {"oneTBB", tbb_chain},
        {"fan-out", lane_fan},
        {"oneTBB fan-out", tbb_fan},
    };
    for (int round = 0; round < rounds; ++round)
    {
        std::string line;
        for (const competitor& each : all)
            line += (line.empty() ? "\"" : ", \"") + std::string(each.name) +
                    "\": " + std::to_string(hop_nanoseconds(each));
        std::printf("{%s}\n", line.c_str());
        std::fflush(stdout);
    }
}
catch (const std::exception& error)
{
    std::fprintf(stderr, "hop_bench: %s\n", error.what());
    return 1;
}
