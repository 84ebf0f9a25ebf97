// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the files of the sessions only: Asio is heavy to compile.

#include "connection.hpp"
#include "host/net/answer/answer.hpp"
#include "host/net/answer/completion.hpp"
#include "limits.hpp"
#include "message.hpp"
#include "session_deadline.hpp"

#include <boost/asio/buffer.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

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
    void take(any_answer answer, const answer_frame& frame);

    /// How many bytes it has with its head.
    [[nodiscard]] std::size_t size() const noexcept { return head_.size() + body().size(); }

    /// Writes as much of it as can be sent without waiting, and returns how much that was.
    [[nodiscard]] std::size_t write_now() { return connection_.write_now(parts()); }

    /// Writes all of it but its first bytes, so many; sets the deadline.
    [[nodiscard]] connection::outcome<std::size_t> write(std::size_t written);

    /// Lets go of the answer, which has been written.
    void let_go() { answer_.reset(); }

private:
    [[nodiscard]] std::string_view body() const noexcept
    {
        return answer_ ? std::string_view{answer_->body} : std::string_view{};
    }

    [[nodiscard]] std::array<boost::asio::const_buffer, 2> parts() const noexcept
    {
        return {boost::asio::buffer(head_), boost::asio::buffer(body())};
    }

    connection& connection_;
    session_deadline& deadline_;
    const limits& bounds_;
    std::optional<response> answer_; // with a body that is not in `head_`
    std::string head_;
};

} // namespace penstock::host::http
