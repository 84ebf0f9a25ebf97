// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host
{

/// What a node that tries packets again has to say for itself.
struct retry_report
{
    std::chrono::system_clock::time_point since;    ///< the first failure after the last success
    std::chrono::system_clock::time_point next_try; ///< of the packet that failed last
    std::string last_error;
    std::uint32_t attempt = 0;  ///< how often that packet was tried
    std::uint32_t attempts = 0; ///< how often it may be
};

/// Keeps that report from the first failure until a packet that failed succeeds. Written by the
/// node's lane, read by any thread; nothing of it is on the way of packets that do not fail.
class retry_note
{
public:
    void failed(std::string_view error, std::uint32_t attempt, std::uint32_t attempts,
                std::chrono::steady_clock::duration until_next)
    {
        const auto now = std::chrono::system_clock::now();
        std::lock_guard lock(mutex_);
        if (!report_)
            report_.emplace().since = now;
        report_->next_try =
            now + std::chrono::duration_cast<std::chrono::system_clock::duration>(until_next);
        report_->last_error = error;
        report_->attempt = attempt;
        report_->attempts = attempts;
    }

    /// Forgets it: a packet that had failed has got through, or none is left to try.
    void ended()
    {
        std::lock_guard lock(mutex_);
        report_.reset();
    }

    [[nodiscard]] std::optional<retry_report> get() const
    {
        std::lock_guard lock(mutex_);
        return report_;
    }

private:
    mutable std::mutex mutex_;
    std::optional<retry_report> report_;
};

} // namespace penstock::host
