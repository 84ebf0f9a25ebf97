// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <sys/types.h>

namespace penstock::host::supervise
{

/// Asks a thread of this process, by signal, which functions it is in, and how far it has got.
class stack_report
{
public:
    /// Counts what the calling thread has got done; called in a handler of a signal.
    using progress = std::uint64_t (*)() noexcept;

    /// Makes threads answer. Before the first of them is asked; changes what SIGUSR2 does. Without
    /// `count` nobody knows how far a thread has got.
    static void install(progress count = nullptr);

    /// Returns the calls that a thread is in, the innermost first, each as `file+0xOFFSET`, with
    /// the name of the function if the file tells it: `addr2line -e FILE 0xOFFSET` tells the line.
    /// Empty if the thread does not answer in time. By one thread only. Blocks.
    [[nodiscard]] static std::string of(pid_t thread, std::chrono::milliseconds patience);

    /// Returns how far a thread has got; nothing if it does not answer in time, or if that is
    /// unknown. By the same thread as of(). Blocks.
    [[nodiscard]] static std::optional<std::uint64_t>
    progress_of(pid_t thread, std::chrono::milliseconds patience);
};

} // namespace penstock::host::supervise
