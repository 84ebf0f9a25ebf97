// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/app/settings.hpp"
#include "host/supervise/handover.hpp"
#include "host/supervise/shared_memory.hpp"

#include <boost/system/result.hpp>

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace penstock::host
{

/// Runs the supervisor with these settings, whose address is one, until its worker has ended;
/// returns the exit code of the program, or why it cannot listen. Waits up to `patience` for the
/// address while another host has the data directory: it may be about to end.
[[nodiscard]] boost::system::result<int, problem>
supervise_worker(const settings& wanted, const std::filesystem::path& data,
                 std::chrono::milliseconds patience);

/// This process as a worker: what its supervisor handed to it.
class supervised
{
public:
    /// Takes what was handed over; nothing if this process has no supervisor. Call before the first
    /// thread.
    [[nodiscard]] static std::optional<supervised> take();

    [[nodiscard]] int listener() const noexcept { return handed_.listener; }

    /// Whether it takes the place of one that ended: then it obeys none of the rules of a first
    /// start.
    [[nodiscard]] bool is_replacement() const noexcept;

    /// The settings that the supervisor was started with, as a configuration file.
    [[nodiscard]] const std::string& settings_text() const noexcept { return handed_.settings; }

    /// Whether graphs are to be left out.
    [[nodiscard]] bool intake_only() const noexcept { return handed_.intake_only; }

    [[nodiscard]] supervise::shared_memory& shared_memory() const noexcept
    {
        return *shared_memory_;
    }

    /// Returns whether this worker may end to be started anew, because its disk failed: once in ten
    /// minutes. Then that is noted.
    [[nodiscard]] bool may_recover() const;

    /// Reports to the supervisor that requests are accepted, and logs how long it took since a
    /// crash.
    void serves() const;

private:
    explicit supervised(supervise::handover handed);

    supervise::handover handed_;
    std::unique_ptr<supervise::shared_memory> shared_memory_;
};

} // namespace penstock::host
