// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/thread_time.hpp"

#include <cstdint>
#include <fstream>
#include <string>

namespace penstock::host::supervise
{

// The kernel's documentation has these files under scheduler/sched-stats and filesystems/proc.
std::optional<thread_time> time_of(pid_t thread)
{
    const std::string folder = "/proc/self/task/" + std::to_string(thread) + "/";
    std::int64_t on_processor = 0;
    std::int64_t without_one = 0;
    std::string state;
    if (!(std::ifstream(folder + "schedstat") >> on_processor >> without_one) ||
        !std::getline(std::ifstream(folder + "stat"), state))
        return std::nullopt;
    const std::size_t name_end = state.rfind(") "); // a name may have anything in it
    if (name_end == std::string::npos)
        return std::nullopt;
    return thread_time{std::chrono::nanoseconds(on_processor),
                       std::chrono::nanoseconds(without_one), state[name_end + 2] != 'R'};
}

} // namespace penstock::host::supervise
