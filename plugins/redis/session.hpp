// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../brokers/address.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <hiredis/hiredis.h>

namespace redis_package
{

/// The exception of a server that is away or refuses what it is asked for.
class redis_error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// The answer to a command.
using reply = std::unique_ptr<redisReply, void (*)(redisReply*)>;

/// A command and its arguments; views.
using command = std::vector<std::string_view>;

/// How a session connects.
struct session_settings
{
    brokers::address to; ///< whose path is the number of the database, or empty
    std::string user;
    std::string password; ///< never shown; empty: nobody logs in
    std::chrono::milliseconds connect_time;
};

/// A connection with a server, on hiredis. [one thread at a time]
///
/// All calls but those that say otherwise block and throw redis_error when the connection is lost:
/// it is over then.
class session
{
public:
    /// Connects, logs in and selects the database. The look-up of the name takes as long as the
    /// system allows.
    explicit session(const session_settings& with);
    session(const session&) = delete;
    session& operator=(const session&) = delete;

    /// Puts a command behind those that are to be sent. Never blocks.
    void append(const command& what);

    /// Sends and reads for a time at most; returns the next answer, or null. An answer may be an
    /// error.
    [[nodiscard]] reply advance(std::chrono::milliseconds time);

    /// Sends a command, and waits for its answer, for a time at most. Throws redis_error for an
    /// error too.
    [[nodiscard]] reply ask(const command& what, std::chrono::milliseconds time);

    /// The same for the time of connecting.
    [[nodiscard]] reply ask(const command& what) { return ask(what, connect_time_); }

    /// Whether the server has closed the connection, or has said what it was not asked for. Never
    /// blocks.
    [[nodiscard]] bool is_lost();

    /// HOST:PORT of the server.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

private:
    void await_connection();
    void require(int status) const;

    const std::string name_;
    const std::chrono::milliseconds connect_time_;
    std::unique_ptr<redisContext, void (*)(redisContext*)> context_;
};

/// The text of an answer, or of a part of one; empty for other kinds.
[[nodiscard]] std::string_view text_of(const redisReply* part) noexcept;

} // namespace redis_package
