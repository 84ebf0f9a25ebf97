// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the files of the sessions only: Asio is heavy to compile.

#include "asio_types.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <utility>

namespace penstock::host::http
{

/// Watches over the one deadline that a session has at a time. The timer is armed lazily: moving
/// the deadline back costs nothing, and it is set once for each phase of a request, never for each
/// byte. All members run on the executor.
class session_deadline
{
public:
    using clock = std::chrono::steady_clock;
    static constexpr clock::time_point never = clock::time_point::max();

    /// `missed` is called when a deadline passes, and `again` and again until another is set or it
    /// is cancelled: what it ends may be completed at that moment, and the next wait begin after it.
    session_deadline(const io_executor& executor, std::function<void()> missed,
                     clock::duration again = std::chrono::seconds(1));

    /// Names the object that has this member, which stays alive as long as the timer is armed. Call
    /// before set().
    void belong_to(std::weak_ptr<void> owner) { owner_ = std::move(owner); }

    void set(clock::time_point due)
    {
        due_ = due;
        passed_ = false;
        if (due < armed_)
        {
            arm(due);
        }
    }

    /// Returns whether the deadline that was set last has passed.
    [[nodiscard]] bool passed() const noexcept { return passed_; }

    /// Ends the waiting for good.
    void cancel();

private:
    void arm(clock::time_point at);
    void ring();

    steady_timer timer_;
    std::function<void()> missed_;
    clock::duration again_;
    std::weak_ptr<void> owner_;
    clock::time_point due_ = never;
    clock::time_point armed_ = never;
    bool passed_ = false;
};

} // namespace penstock::host::http
