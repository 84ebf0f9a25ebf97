// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/wait_note.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace penstock::host
{

/// A watch for lanes that have work and move no packets: it notes which node waits for which when a
/// lane does not. [the lane's thread, but for get()]
class progress_watch
{
public:
    using clock = std::chrono::steady_clock;

    /// `moved` counts the packets moved so far. Each time the lane begins to stand still, `waits`
    /// returns which node waits for which, or nothing while that is meant to be, and `tell` is
    /// called once it is noted.
    progress_watch(std::chrono::milliseconds limit, std::function<std::uint64_t()> moved,
                   std::function<std::string()> waits,
                   std::function<void(const std::string&)> tell);

    /// Looks if it is time to; returns when to look next.
    clock::time_point look(clock::time_point now, bool has_work);

    /// What was noted, while it lasts. [any thread]
    [[nodiscard]] std::optional<wait_report> get() const { return note_.get(); }

private:
    const std::chrono::milliseconds limit_;
    const std::function<std::uint64_t()> moved_;
    const std::function<std::string()> waits_;
    const std::function<void(const std::string&)> tell_;
    bool had_work_ = false;
    bool stands_still_ = false;
    std::uint64_t last_moved_ = 0;
    clock::time_point last_progress_{};
    clock::time_point next_look_{};
    wait_note note_;
};

} // namespace penstock::host
