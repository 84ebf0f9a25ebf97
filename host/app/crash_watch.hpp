// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/app/supervised.hpp"
#include "host/base/crash_stack.hpp"
#include "host/supervise/crash_handler.hpp"
#include "host/supervise/crash_report.hpp"
#include "host/supervise/inflight.hpp"
#include "host/supervise/shared_memory.hpp"
#include "host/supervise/suspicion.hpp"
#include "host/supervise/watchdog.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace penstock::host
{

/// Keeps track of what the threads of this process run: for the next worker, if this one crashes,
/// and for a watchdog, which warns of components that keep their lane to themselves. A worker is
/// ended by it when one does so for too long; without a supervisor it only warns.
class crash_watch
{
public:
    /// Begins. `worker` outlives it. Before the first thread that runs components.
    crash_watch(const std::optional<supervised>& worker, std::chrono::milliseconds hang_limit);

    /// What the worker before died of.
    [[nodiscard]] const std::optional<supervise::crash_report>& last_crash() const noexcept
    {
        return last_crash_;
    }

    /// What the worker before may have died of, if no packet was to blame.
    [[nodiscard]] const std::vector<supervise::suspicion>& suspicions() const noexcept
    {
        return suspicions_;
    }

    /// What it died of, in a word: `SIGKILL`; empty if there was none.
    [[nodiscard]] const std::string& end_of_last() const noexcept { return end_of_last_; }

    /// Whether this worker takes the place of one that ended.
    [[nodiscard]] bool is_replacement() const noexcept { return memory().died_at.load() != 0; }

    /// Whether workers crashed so often that no graph is to be run.
    [[nodiscard]] bool intake_only() const noexcept { return intake_only_; }

    /// Whether a supervisor starts another worker when this one crashes.
    [[nodiscard]] bool is_supervised() const noexcept { return !own_; }

    [[nodiscard]] supervise::inflight& threads() noexcept { return threads_; }

    /// What outlives this worker, if there is a supervisor.
    [[nodiscard]] supervise::shared_head& memory() const noexcept { return shared_memory_.head(); }

private:
    crash_watch(supervise::shared_memory* shared_memory, bool intake_only,
                std::chrono::milliseconds hang_limit);

    std::optional<supervise::shared_memory> own_;
    supervise::shared_memory& shared_memory_;
    const bool intake_only_;
    const std::optional<supervise::crash_report> last_crash_;
    const std::vector<supervise::suspicion> suspicions_;
    const std::string end_of_last_;
    supervise::inflight threads_;
    crash_stack stack_of_handler_;
    supervise::watchdog dog_;
};

} // namespace penstock::host
