// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/descriptor.hpp"
#include "host/supervise/restart_policy.hpp"
#include "host/supervise/shared_memory.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <signal.h>
#include <sys/types.h>

namespace penstock::host::supervise
{

/// What a supervisor needs to know.
struct supervisor_options
{
    std::vector<std::string> arguments; ///< of the program, its name first
    std::string settings;               ///< for the workers; see handover
    bool keeps_cores = false;           ///< whether a crash may leave a core file
    std::function<void(const std::string&)> log;
};

/// Holds the listening socket and the shared memory, and runs this program again as a worker that
/// does everything else; starts it anew when it crashes. Packages, graphs and whatever comes over
/// the network are the worker's: nothing of that is here, so nothing of it can end this process.
///
/// SIGTERM, SIGINT and SIGHUP are handed on. If the supervisor dies, the worker is killed. Made
/// before the first thread; run by it.
class supervisor
{
public:
    /// Throws std::system_error.
    supervisor(descriptor listener, supervisor_options options);

    /// Runs workers until one ends in the ordinary way, and returns its exit code; 1 if none did
    /// before the end was asked for.
    [[nodiscard]] int run();

private:
    using clock = std::chrono::steady_clock;

    void start(bool intake_only);
    [[noreturn]] void become_worker(char* const* arguments, char* const* environment,
                                    pid_t supervisor) const;
    [[nodiscard]] int wait_for_worker();
    void end_orphans() const;
    [[nodiscard]] std::optional<int> recover(int status);
    [[nodiscard]] worker_end how_it_ended(int status) const;
    [[nodiscard]] bool rest(std::chrono::milliseconds time);
    void heed(int signal);

    descriptor listener_;
    const supervisor_options options_;
    const descriptor memory_;
    const shared_memory shared_memory_;
    restart_policy policy_;
    sigset_t awaited_;
    const std::vector<pid_t> others_; // children that it had before, which are nobody's orphans
    pid_t worker_ = -1;
    clock::time_point started_;
    bool stopping_ = false;
};

} // namespace penstock::host::supervise
