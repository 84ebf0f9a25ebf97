// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "connection.hpp"
#include "message.hpp"

#include <chrono>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace nats_package
{

/// The publishing of some messages to JetStream, whose answers come to a subject of its own. What
/// became of each is known at any time, also after an exception. Connection and messages outlive
/// it. [one thread at a time]
class publication
{
public:
    using clock = std::chrono::steady_clock;

    /// What has become of a message.
    struct fate
    {
        bool is_open = true; ///< nobody knows
        bool is_duplicate = false;
        bool is_unheard = false; ///< no stream has the subject
        int code = 0;            ///< of an error, JetStream's; 0: it was stored
        std::string why{};
    };

    /// Throws nats_error.
    publication(const connection& to, std::span<const message* const> messages);

    /// Closes the connection if a message has no fate yet.
    ~publication();
    publication(const publication&) = delete;
    publication& operator=(const publication&) = delete;

    /// Sends and reads for a tenth of a second at most; returns whether all messages have their
    /// fate. Blocks. Throws nats_error.
    [[nodiscard]] bool advance();

    /// When something was sent or confirmed last.
    [[nodiscard]] clock::time_point last_progress() const noexcept { return last_progress_; }

    [[nodiscard]] const fate& fate_of(std::size_t index) const { return fates_[index]; }

private:
    void send();
    void read(natsMsg& answer);
    void note_unheard();
    void settle(std::size_t index, fate how);

    const connection& to_;
    const std::span<const message* const> messages_;
    std::vector<fate> fates_;
    std::string inbox_; // before the number of a message
    subscription_handle answers_;
    std::size_t sent_ = 0;
    std::size_t settled_ = 0;
    std::size_t unheard_ = 0; // how many of those that are open
    clock::time_point last_progress_ = clock::now();
};

} // namespace nats_package
