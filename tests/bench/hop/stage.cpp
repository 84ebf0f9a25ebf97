// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// A library of its own, loaded as packages are, so that no call can be inlined.
#include "stage.hpp"

namespace
{

using penstock::bench::stage;

struct pass final : stage
{
    explicit pass(stage& to) : next(to) {}
    void push(void* item) override { next.push(item); }
    stage& next;
};

struct end final : stage
{
    void push(void* item) override { last = item; }
    void* volatile last = nullptr;
};

} // namespace

extern "C" __attribute__((visibility("default"))) stage* penstock_bench_stage(stage* next)
{
    if (next == nullptr)
        return new end;
    return new pass(*next);
}
