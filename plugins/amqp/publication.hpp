// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "message.hpp"
#include "session.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace amqp_package
{

/// The publishing of some messages on a session, which confirms: all are sent one behind the other,
/// and their confirms are read meanwhile. What became of each is known at any time, also after an
/// exception. Session and messages outlive it. [one thread at a time]
class publication
{
public:
    using clock = std::chrono::steady_clock;

    /// What has become of a message.
    enum class fate
    {
        open,      ///< it was not sent, or is not confirmed: nobody knows
        confirmed, ///< the broker has it
        returned,  ///< the broker knows nobody to give it to
        refused    ///< the broker cannot keep it
    };

    /// `exchange` outlives it too.
    publication(session& to, const std::string& exchange, std::span<const message* const> messages);

    /// Sends and reads for a tenth of a second at most; returns whether all messages have their
    /// fate. Blocks. Throws broker_error; the session is over then.
    [[nodiscard]] bool advance();

    /// When something was sent or confirmed last.
    [[nodiscard]] clock::time_point last_progress() const noexcept { return last_progress_; }

    [[nodiscard]] fate fate_of(std::size_t index) const { return fates_[index]; }

    /// Why messages were returned, as the broker has said last; empty: none was.
    [[nodiscard]] const std::string& why_returned() const noexcept { return why_returned_; }

private:
    void send();
    void read(const amqp_frame_t& frame);
    void settle(std::uint64_t tag, bool with_those_before, fate how);
    void take_back(const amqp_basic_properties_t& of);

    session& session_;
    const std::string& exchange_;
    const std::span<const message* const> messages_;
    const std::uint64_t tag_before_; // the first message
    std::vector<fate> fates_;
    std::vector<bool> is_settled_; // confirmed or refused
    std::size_t settled_ = 0;      // how many
    std::size_t oldest_ = 0;       // all before it are settled
    std::size_t sent_ = 0;         // whole messages
    std::size_t body_sent_ = 0;    // bytes of the next one
    bool is_head_sent_ = false;    // of the next one
    clock::time_point last_progress_ = clock::now();
    std::string why_returned_;
    std::string returned_key_; // of the message that is coming back
};

} // namespace amqp_package
