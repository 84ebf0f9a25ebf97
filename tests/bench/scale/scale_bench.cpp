// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// How the cost of a hop changes with what grows: scale_bench nodes|capacity|packets N. Prints one
// JSON object; of `packets`, one for each hundredth.

#include "tests/bench/hop/lane_graphs.hpp"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <unistd.h>

namespace
{

using penstock::bench::lane_chain;
using penstock::bench::running_chain;

constexpr int rounds = 15;
constexpr int few = 2;

// CPU nanoseconds per packet and edge: what many hops cost more than few.
double hop_nanoseconds(const lane_chain& chain, int many, std::size_t items)
{
    std::vector<double> found;
    for (int round = 0; round < rounds; ++round)
    {
        const double less = chain(few, items);
        const double more = chain(many, items);
        found.push_back((more - less) * 1e9 / static_cast<double>(items) / (many - few));
    }
    std::ranges::sort(found);
    const double median = found[rounds / 2];
    if (median <= 0)
        throw std::runtime_error("a hop of " + std::to_string(median) +
                                 " ns; more than 0 was expected, as on a quiet machine");
    return median;
}

void print(double nanoseconds)
{
    std::printf("{\"CPU ns\": %.3f}\n", nanoseconds);
}

double resident_megabytes()
{
    std::size_t total = 0;
    std::size_t resident = 0;
    std::ifstream("/proc/self/statm") >> total >> resident;
    return static_cast<double>(resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE))) / 1e6;
}

// All through one chain of two hops, in a hundred requests.
void endure(std::size_t packets)
{
    constexpr std::size_t parts = 100;
    running_chain chain({}, few, packets / parts);
    for (std::size_t i = 1; i <= parts; ++i)
    {
        const double seconds = chain.push();
        std::printf("{\"packets\": %zu, \"MB RSS\": %.2f, \"CPU ns\": %.2f}\n", packets / parts * i,
                    resident_megabytes(), seconds * 1e9 / static_cast<double>(packets / parts));
    }
}

} // namespace

int main(int count, char** arguments)
try
{
    if (count != 3)
        throw std::invalid_argument("expected nodes, capacity or packets, and a number");
    const std::string what = arguments[1];
    const std::size_t number = std::stoul(arguments[2]);
    if (what == "nodes")
        print(hop_nanoseconds({}, static_cast<int>(number), std::max(2'000'000 / number, 1'000UL)));
    else if (what == "capacity")
        print(hop_nanoseconds({.capacity = number}, 10, number == 1 ? 50'000 : 200'000));
    else if (what == "packets")
        endure(number);
    else
        throw std::invalid_argument(what + ": expected nodes, capacity or packets");
}
catch (const std::exception& error)
{
    std::fprintf(stderr, "scale_bench: %s\n", error.what());
    return 1;
}
