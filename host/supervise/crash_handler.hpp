// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/supervise/shared_memory.hpp"

#include <chrono>
#include <cstdint>

namespace penstock::host::supervise
{

/// Notes in the shared memory what the process dies of, when it dies of a signal that says that it
/// is broken: SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT. The process then dies of it as it would
/// have.
class crash_handler
{
public:
    /// From now on, for the whole process. `shared_memory` lives until its end.
    static void install(shared_memory& shared_memory);

    /// Sets where the calling thread notes what it runs.
    static void this_thread_is(const thread_slot* slot) noexcept;

    /// Notes that the component of a record has run for so long, unless something else has been
    /// noted already. The caller ends the process.
    static void note_hang(shared_memory& shared_memory, std::uint32_t record,
                          std::chrono::milliseconds time) noexcept;
};

} // namespace penstock::host::supervise
