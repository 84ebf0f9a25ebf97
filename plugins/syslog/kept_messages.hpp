// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "receiver.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <vector>

namespace syslog_package
{

/// The place of a message in the order in which they came.
struct message_position
{
    std::int64_t begun = 0; ///< when its inbox was opened
    std::int64_t number = 0;

    friend auto operator<=>(const message_position&, const message_position&) = default;
};

/// A message that is not acknowledged.
struct kept_message
{
    message_position position;
    received_message content;
};

/// Messages in order, until they are acknowledged. [one thread at a time]
class kept_messages
{
public:
    /// Adds one behind the others.
    void add(kept_message&& what) { all_.push_back(std::move(what)); }

    /// Returns the next one to give out, which stays until it is acknowledged; null, if there is
    /// none.
    [[nodiscard]] const kept_message* next();

    /// Begins to give out all of them again.
    void give_again() noexcept { given_ = 0; }

    /// Drops those up to a position.
    void acknowledged(message_position last);

    [[nodiscard]] const std::deque<kept_message>& all() const noexcept { return all_; }

private:
    std::deque<kept_message> all_;
    std::size_t given_ = 0;
};

/// Writes messages to a file, which has its old content or the new one whatever happens: a line of
/// JSON and the bytes of each. Blocks until it is on disk. [any thread] Throws std::system_error.
void write_messages(const std::filesystem::path& file, const std::vector<const kept_message*>& all);

/// Reads what write_messages() has written; nothing, if the file is not there. [any thread] Throws
/// std::runtime_error for a file that is damaged or cannot be read.
[[nodiscard]] std::vector<kept_message> read_messages(const std::filesystem::path& file);

} // namespace syslog_package
