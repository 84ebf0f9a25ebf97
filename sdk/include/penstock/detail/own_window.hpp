// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/export.hpp>

#include <chrono>
#include <optional>

namespace penstock::detail
{

/// Keeps a packet in its last try alone in a window: in what a component gathers by
/// receive_until(). Such a receive gives nothing while it would put that packet and others into one
/// window, so that the window ends at its deadline. One for each input. [one lane]
class PENSTOCK_EXPORT own_window
{
public:
    using clock = std::chrono::steady_clock;

    /// A deadline farther off than this ends no window; nothing is held back for it longer than
    /// `patience`.
    static constexpr std::chrono::minutes longest{1};
    static constexpr std::chrono::seconds patience{1};

    /// Until when a receive with that deadline gives nothing: it times out then, or goes on.
    /// Nothing: it gives what there is. `is_held`: the packet handed out last is in its last try
    /// and in hand still; `is_due`: such a packet is next.
    [[nodiscard]] std::optional<clock::time_point>
    closed_until(clock::time_point now, clock::time_point deadline, bool is_held, bool is_due);

    /// Called when packets were handed out, so that there may be a window.
    void handed_out() noexcept { may_hold_ = true; }

    /// Called when a deadline has passed: what was gathered has been worked off.
    void timed_out() noexcept { *this = {}; }

private:
    bool may_hold_ = false; // packets that came before
    std::optional<clock::time_point> closed_until_;
};

} // namespace penstock::detail
