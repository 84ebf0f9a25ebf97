// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <string>

#include <sys/types.h>

namespace penstock::host::supervise
{

/// Asks a thread of this process, by signal, which functions it is in.
class stack_report
{
public:
    /// Makes threads answer. Before the first of them is asked; changes what SIGUSR2 does.
    static void install();

    /// Returns the calls that a thread is in, the innermost first, each as `file+0xOFFSET`, with the
    /// name of the function if the file tells it: `addr2line -e FILE 0xOFFSET` tells the line. Empty
    /// if the thread does not answer in time. By one thread only. Blocks.
    [[nodiscard]] static std::string of(pid_t thread, std::chrono::milliseconds patience);
};

} // namespace penstock::host::supervise
