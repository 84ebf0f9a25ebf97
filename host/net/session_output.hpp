// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the files of the sessions only: Asio is heavy to compile.

#include "answer.hpp"
#include "connection.hpp"
#include "limits.hpp"
#include "message.hpp"
#include "session_deadline.hpp"

#include <boost/asio/buffer.hpp>

#include <array>
#include <cstddef>
#include <string>

namespace penstock::host::http
{

/// The outgoing half of a session's connection: one answer after the other, each in its time. All
/// members run on the connection's executor.
class session_output
{
public:
    /// All outlive this object.
    session_output(connection& to, session_deadline& due, const limits& bounds)
        : connection_{to}, deadline_{due}, bounds_{bounds}
    {
    }

    /// Makes an answer ready, in place of the one before.
    void take(response answer, const answer_frame& frame);

    /// How many bytes it has with its head.
    [[nodiscard]] std::size_t size() const noexcept { return head_.size() + answer_.body.size(); }

    /// Writes as much of it as can be sent without waiting, and returns how much that was.
    [[nodiscard]] std::size_t write_now() { return connection_.write_now(parts()); }

    /// Writes all of it but its first bytes, so many; sets the deadline.
    [[nodiscard]] connection::outcome<std::size_t> write(std::size_t written);

    /// Lets go of the answer, which has been written.
    void let_go() { answer_ = {}; }

private:
    [[nodiscard]] std::array<boost::asio::const_buffer, 2> parts() const noexcept
    {
        return {boost::asio::buffer(head_), boost::asio::buffer(answer_.body)};
    }

    connection& connection_;
    session_deadline& deadline_;
    const limits& bounds_;
    response answer_;
    std::string head_;
};

} // namespace penstock::host::http
