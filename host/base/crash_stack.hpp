// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace penstock::host
{

/// Gives the calling thread a stack for the handler of crashes, so that it can tell that the
/// thread's own one has overflowed. One for each thread that runs components.
class crash_stack
{
public:
    crash_stack();
    crash_stack(const crash_stack&) = delete;
    crash_stack& operator=(const crash_stack&) = delete;
    ~crash_stack();

private:
    void* memory_;
};

} // namespace penstock::host
