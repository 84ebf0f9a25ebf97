// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// A library of its own, loaded as packages are, so that no call can be inlined.
#include "stage.hpp"

#include <atomic>
#include <cstdint>

namespace
{

using penstock::bench::stage;

// Counts as a lane does: what was received before it is worked on, what was sent after it was.
struct counter
{
    void add() noexcept
    {
        value.store(value.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
    }
    std::atomic<std::uint64_t> value{0};
};

// The call comes back, as send() does. One with nothing to do behind it would be compiled to a jump
// that never does, at half of the time.
struct pass final : stage
{
    explicit pass(stage& to) : next(to) {}
    void push(void* item) override
    {
        received.add();
        next.push(item);
        sent.add();
    }
    stage& next;
    counter received;
    counter sent;
};

struct end final : stage
{
    void push(void* item) override
    {
        received.add();
        last = item;
    }
    void* volatile last = nullptr;
    counter received;
};

} // namespace

extern "C" __attribute__((visibility("default"))) stage* penstock_bench_stage(stage* next)
{
    if (next == nullptr)
        return new end;
    return new pass(*next);
}
