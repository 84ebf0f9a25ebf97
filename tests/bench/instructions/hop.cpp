// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// 25,000 packets over ten hops of a lane, with edges of the usual capacity.

#include "counted.hpp"

#include "tests/bench/hop/lane_graphs.hpp"

#include <cstdio>
#include <exception>

int main()
try
{
    penstock::bench::count_instructions([] { penstock::bench::lane_chain{}(10, 25'000); });
}
catch (const std::exception& error)
{
    std::fprintf(stderr, "hop: %s\n", error.what());
    return 1;
}
