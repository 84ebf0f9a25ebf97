// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <memory>

namespace penstock::host
{

/// What the host is told by signal.
enum class instruction
{
    stop,   ///< SIGTERM, SIGINT
    reload, ///< SIGHUP
    recover ///< from within, see signals::recover()
};

/// Holds back the signals that are instructions, in this thread and all that it starts, until one
/// asks for them. Make it before the first thread. They stay held back when it goes: what comes at
/// the very end must not change how the program ends. [one thread]
class signals
{
public:
    /// `twice` tells that the same signal may come twice, from the supervisor and from whoever
    /// tells both: the second within a moment is the first.
    explicit signals(bool twice = false);
    ~signals();
    signals(const signals&) = delete;
    signals& operator=(const signals&) = delete;

    /// Gives the instruction to end and be started anew. [any thread]
    static void recover();

    /// Waits for the next instruction.
    [[nodiscard]] instruction wait();

    /// Does work on another thread; returns whether it ended. If not, someone asked to stop
    /// `patience` times, the work goes on, and there is nothing left to do but to leave without it.
    /// Instructions that did not end the waiting are there for wait().
    [[nodiscard]] bool work(const std::function<void()>& work, int patience);

private:
    class listener;

    std::shared_ptr<listener> listener_; // shared with work that goes on
};

} // namespace penstock::host
