// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace penstock::bench
{

/// One link of the chain of virtual calls: the least that a hop into foreign code can cost.
struct stage
{
    virtual ~stage() = default;
    virtual void push(void* item) = 0;
};

/// The name under which the library of stages exports a `make_stage`.
inline constexpr const char* stage_maker = "penstock_bench_stage";

/// Makes a stage that hands on to `next`, or one that ends the chain if that is null.
using make_stage = stage* (*)(stage* next);

} // namespace penstock::bench
