// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace penstock::host
{

/// A wait that has taken too long.
struct wait_report
{
    std::chrono::system_clock::time_point since;
    std::string what;
};

/// Keeps such a report while the wait lasts. Written by the lane, read by any thread.
class wait_note
{
public:
    /// Notes a wait that began so long ago.
    void set(std::string what, std::chrono::steady_clock::duration ago)
    {
        std::lock_guard lock(mutex_);
        report_ = {std::chrono::system_clock::now() -
                       std::chrono::duration_cast<std::chrono::system_clock::duration>(ago),
                   std::move(what)};
    }

    void clear()
    {
        std::lock_guard lock(mutex_);
        report_.reset();
    }

    [[nodiscard]] std::optional<wait_report> get() const
    {
        std::lock_guard lock(mutex_);
        return report_;
    }

private:
    mutable std::mutex mutex_;
    std::optional<wait_report> report_;
};

} // namespace penstock::host
