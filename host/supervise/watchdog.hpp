// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/supervise/inflight.hpp"
#include "host/supervise/thread_time.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace penstock::host::supervise
{

/// What a watchdog does, and when.
struct watchdog_options
{
    std::chrono::milliseconds warn_after{100};
    std::chrono::milliseconds report_after{1'000}; ///< where it is, if stack_report is installed
    std::chrono::milliseconds limit{10'000};       ///< 0: none

    /// Called with a component that does not yield to others. [the watchdog's thread]
    std::function<void(const node_name&, const std::string&)> warn;

    /// Ends the process because of a component that has run for so long; noted in the shared
    /// memory. Empty: none is ended.
    std::function<void(const node_name&, std::chrono::milliseconds)> end;
};

/// Watches for components that keep their lane to themselves: a fiber must give control to the host
/// now and then. Work in `blocking` may take as long as it likes. Time for which the lane's thread
/// had no processor, on a busy machine, is not the component's.
///
/// A component that has several packets to take does not go by the host between them, and leaves no
/// trace: so a thread that has run for long is asked, by signal, how many it has taken. While that
/// grows, it is warned of, and not ended.
class watchdog
{
public:
    using clock = std::chrono::steady_clock;

    /// Watches from a thread of its own. `threads` outlives it.
    watchdog(const inflight& threads, watchdog_options options);
    watchdog(const watchdog&) = delete;
    watchdog& operator=(const watchdog&) = delete;
    ~watchdog();

    static constexpr std::chrono::milliseconds between_looks{25};

private:
    struct sighting
    {
        running_slice what;
        clock::time_point since;
        std::optional<thread_time> spent;        ///< by the thread until then
        std::chrono::milliseconds next_question; ///< when it has had the lane for so long
        std::optional<std::uint64_t> packets{};  ///< taken, when it was asked last
        bool was_told = false;
        bool was_reported = false;
    };

    void watch(const std::stop_token& stop);
    void look(clock::time_point now);
    [[nodiscard]] std::optional<thread_time> spent_by(const running_slice& slice) const;
    [[nodiscard]] std::chrono::milliseconds held(const sighting& each, clock::time_point now) const;
    [[nodiscard]] std::chrono::milliseconds between_questions() const;
    [[nodiscard]] bool has_gone_on(sighting& each, std::chrono::milliseconds time);
    void judge(sighting& each, clock::time_point now);
    void report(sighting& each);

    const inflight& threads_;
    const watchdog_options options_;
    std::map<std::size_t, sighting> seen_; // by slot
    std::vector<running_slice> running_;
    clock::time_point last_warning_{};
    clock::time_point last_look_{};
    std::jthread thread_;
};

} // namespace penstock::host::supervise
