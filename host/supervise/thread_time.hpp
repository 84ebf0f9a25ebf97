// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <optional>

#include <sys/types.h>

namespace penstock::host::supervise
{

/// How a thread has spent its time since it began. The kernel adds a wait for a processor when it
/// ends.
struct thread_time
{
    std::chrono::nanoseconds on_processor{};
    std::chrono::nanoseconds without_one{}; ///< ready to run, while others did
    bool is_asleep = false;                 ///< now
};

/// Reads that of a thread of this process; nothing if the kernel does not tell.
[[nodiscard]] std::optional<thread_time> time_of(pid_t thread);

} // namespace penstock::host::supervise
