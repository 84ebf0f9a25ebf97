// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/supervise/inflight.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace penstock::host
{

/// Schedules the fibers of one lane: one fiber a rank, the highest ready rank first.
///
/// Ranks are the nodes' places in topological order, so the fiber furthest downstream runs first
/// and queues stay short. The owner of the lane is polled between fibers, at least every
/// millisecond of ready fibers' work, so that timers and completions never starve; and after each
/// poll one fiber gets its turn whatever its rank, so that none of them starves. Except for
/// notify(), all calls come from the thread that made it.
class scheduler
{
public:
    using clock = std::chrono::steady_clock;

    /// What the lane does between fibers: wakes what is due, and says when it wants to be asked
    /// again. Runs on any fiber's stack and never suspends.
    using poll_function = std::function<clock::time_point(clock::time_point now)>;

    /// Takes over this thread for fibers of ranks 0 to `ranks - 1`. One per thread.
    ///
    /// Which rank runs is told in `told`, which outlives it and has a record for each; null:
    /// nowhere.
    scheduler(std::size_t ranks, poll_function poll, supervise::worker_slot* told = nullptr);

    /// All fibers have ended.
    ~scheduler();
    scheduler(const scheduler&) = delete;
    scheduler& operator=(const scheduler&) = delete;

    /// Makes the fiber of a rank; it is ready at once. `body` must not throw.
    void spawn(std::size_t rank, std::size_t stack_bytes, std::function<void()> body);

    /// Suspends the calling thread's main fiber until all spawned fibers have ended.
    void join();

    /// Suspends the running fiber until its rank is woken. Exceptions that it is handling stay its
    /// own.
    void suspend();

    /// Makes the fiber of a rank ready. Waking a ready or ended fiber has no effect, waking the
    /// running one ends its next suspend() at once.
    void wake(std::size_t rank) noexcept;

    /// Yields: to the poll if it is due, and to fibers that are ready and of a higher rank, or
    /// whose turn it is. Returns whether any fiber ran.
    bool yield();

    /// Ends the sleep of an idle scheduler, so that it polls. [any thread]
    void notify() noexcept;

private:
    class algorithm;
    std::unique_ptr<struct fibers> fibers_;
    algorithm* algorithm_;
};

} // namespace penstock::host
