// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "message.hpp"
#include "session.hpp"

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace mqtt_package
{

/// The publishing of some messages, at quality of service 1: what became of each is known at any
/// time, also after an exception. The messages outlive it. [one thread at a time]
class publication
{
public:
    using clock = std::chrono::steady_clock;

    /// What has become of a message.
    struct fate
    {
        bool is_open = true; ///< nobody knows
        int reason = 0;      ///< the broker's code, or the library's
        bool is_library = false;
    };

    publication(std::span<const message* const> messages, bool is_retained)
        : messages_(messages), is_retained_(is_retained), fates_(messages.size())
    {
    }

    /// Takes what the broker says of a message of an identifier.
    void note(int identifier, int reason);

    /// Sends and reads for a tenth of a second at most; returns whether all messages have their
    /// fate. Blocks. Throws mqtt_error; the session is over then.
    [[nodiscard]] bool advance(session& by);

    /// When something was sent or confirmed last.
    [[nodiscard]] clock::time_point last_progress() const noexcept { return last_progress_; }

    [[nodiscard]] const fate& fate_of(std::size_t index) const { return fates_[index]; }

private:
    void send(session& by);
    void settle(std::size_t index, int reason, bool is_library);

    const std::span<const message* const> messages_;
    const bool is_retained_;
    std::vector<fate> fates_;
    std::unordered_map<int, std::size_t> under_way_; // by their identifiers
    std::size_t sent_ = 0;
    std::size_t settled_ = 0;
    clock::time_point last_progress_ = clock::now();
};

} // namespace mqtt_package
