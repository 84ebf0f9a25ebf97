// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace penstock::faults
{

/// Writes 52117 as `52,117`.
[[nodiscard]] std::string grouped(std::uint64_t number);

/// Reads `PROGRAM [ROUNDS [SEED]]`; ends the program if that makes no sense.
struct wish
{
    wish(int count, char* arguments[], std::size_t usual_rounds);

    std::size_t rounds;
    std::uint64_t seed = 1;
};

/// What some processes have counted together: numbers, and one line of what went wrong first.
struct tally
{
    std::vector<std::uint64_t> counts;
    std::string first;
};

/// Runs the parts 0 to `parts` - 1, each in a process of its own, and adds up what they return. A
/// process that dies or throws counts as a line of what went wrong, and `counts` stays without it.
tally in_processes(std::size_t parts, std::size_t counts,
                   const std::function<tally(std::size_t part)>& run);

} // namespace penstock::faults
