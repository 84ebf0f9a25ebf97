// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include <signal.h>

namespace penstock::host::cli
{

/// What the host is told by signal.
enum class instruction
{
    stop,  ///< SIGTERM, SIGINT
    reload ///< SIGHUP
};

/// Holds back the signals that are instructions, in this thread and all that it starts, until one
/// asks for them. Make it before the first thread. [one thread]
class signals
{
public:
    signals();
    ~signals();
    signals(const signals&) = delete;
    signals& operator=(const signals&) = delete;

    /// Waits for the next instruction.
    [[nodiscard]] instruction wait();

    /// Does work on another thread; tells whether it ended before anyone asked to stop. If not, the
    /// work goes on, and there is nothing left to do but to leave without it.
    [[nodiscard]] bool work(const std::function<void()>& work);

private:
    [[nodiscard]] std::optional<instruction> wait_for(std::chrono::milliseconds time);

    sigset_t set_;
    sigset_t old_;
};

} // namespace penstock::host::cli
