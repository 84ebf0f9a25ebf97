// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Commits one fault in the fibers of a lane's scheduler, so that the sanitizer of this build can be
// seen to find it there: fibers change stacks, of which a sanitizer must be told.
#include "host/lane/scheduler.hpp"

#include <atomic>
#include <cstdio>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace
{

using penstock::host::scheduler;

/// Runs `body` in two fibers that suspend in turn, on a thread of their own.
void in_fibers(const std::function<void()>& body)
{
    std::thread lane(
        [&]
        {
            scheduler fibers(2, [](scheduler::clock::time_point)
                             { return scheduler::clock::time_point::max(); });
            for (std::size_t rank = 0; rank < 2; ++rank)
                fibers.spawn(rank, 256 * 1024,
                             [&, rank]
                             {
                                 fibers.wake(1 - rank);
                                 fibers.yield();
                                 body();
                             });
            fibers.join();
        });
    lane.join();
}

volatile int sink = 0;

int* keep_address(int* address)
{
    return address;
}

// Never inlined: its frame must be gone when it returns.
__attribute__((noinline)) int* lost_frame()
{
    int local = 7;
    return keep_address(&local);
}

void overflow()
{
    sink = std::numeric_limits<int>::max();
    sink = sink + 1;
}

void use_after_free()
{
    auto owner = std::make_unique<int>(7);
    int* const stray = owner.get();
    owner.reset();
    sink = *stray;
}

void leak()
{
    auto* const lost = new std::vector<int>(100); // nobody keeps it
    sink = lost->front();
}

void race()
{
    int shared = 0;
    // The first thread waits: a lane that has ended may be forgotten. Relaxed, it orders nothing.
    std::atomic<int> lanes = 0;
    const auto write = [&]
    {
        if (lanes.fetch_add(1, std::memory_order_relaxed) < 2)
            while (lanes.load(std::memory_order_relaxed) < 2)
                std::this_thread::yield();
        for (int i = 0; i < 1000; ++i)
            ++shared;
    };
    std::thread other([&] { in_fibers(write); });
    in_fibers(write);
    other.join();
    sink = shared;
}

} // namespace

int main(int argc, char** argv)
{
    const std::map<std::string, std::function<void()>> faults{
        {"nothing", [] { in_fibers([] { sink = 1; }); }},
        {"an_overflow_of_integers", [] { in_fibers(overflow); }},
        {"a_use_after_free", [] { in_fibers(use_after_free); }},
        {"a_use_of_a_fibers_lost_frame", [] { in_fibers([] { sink = *lost_frame(); }); }},
        {"a_leak", [] { in_fibers(leak); }},
        {"a_race_of_two_lanes", race}};
    const auto found = faults.find(argc == 2 ? argv[1] : "");
    if (found == faults.end())
    {
        std::fputs("planted_fault: unknown fault; expected one of the names in planted_fault.cpp\n",
                   stderr);
        return 2;
    }
    found->second();
    return 0;
}
