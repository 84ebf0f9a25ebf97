// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <valgrind/callgrind.h>

#include <cstdio>

#include <gnu/libc-version.h>

namespace penstock::bench
{

/// Counts the instructions of `work` with callgrind, those of all threads, and nothing before or
/// after. The first of two runs warms caches and pools up. Prints what else the count depends on.
template <class Work>
void count_instructions(Work work)
{
    work();
    CALLGRIND_ZERO_STATS;
    work();
    CALLGRIND_DUMP_STATS_AT("counted");
    std::printf("compiler %s, glibc %s\n", __VERSION__, gnu_get_libc_version());
}

} // namespace penstock::bench
