// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the files of the sessions only: Asio is heavy to compile.

#include "asio_types.hpp"
#include "body_pace.hpp"
#include "connection.hpp"
#include "host/base/byte_budget.hpp"
#include "limits.hpp"
#include "reader.hpp"
#include "receive_buffer.hpp"
#include "refusal.hpp"
#include "session_deadline.hpp"

#include <atomic>
#include <cstddef>
#include <string>

namespace penstock::host::http
{

/// The incoming half of a session's connection: requests one after the other, each in its time. All
/// members run on the connection's executor.
class session_input
{
public:
    /// All outlive this object. Once the host is `draining`, no request is waited for.
    session_input(connection& from, session_deadline& due, const limits& bounds,
                  byte_budget& bodies, const std::atomic<bool>& draining);

    /// Waits for the header block of a request and reads it; false when the connection is over.
    task<checked<bool>> await_head();

    /// Reads the body to its end; false when the peer went away before it. A refused body is let
    /// go.
    task<checked<bool>> await_body();

    /// The request, as far as it has been read.
    [[nodiscard]] request& current() noexcept { return reader_.current(); }
    [[nodiscard]] const framing& framed() const noexcept { return reader_.framed(); }

    /// Between two requests.
    [[nodiscard]] bool is_idle() const noexcept { return is_idle_; }

    /// Passes over so many bytes; false when they do not come.
    task<bool> discard(std::size_t count);

    /// Reads for a while what the peer still sends, for nobody; sets the deadline.
    task<void> linger();

    /// Hands out what came behind the request.
    [[nodiscard]] std::string take_rest();

    /// Gives a large block back between two requests.
    void shrink() noexcept { buffer_.shrink(); }

private:
    using clock = session_deadline::clock;

    checked<bool> take_head(std::size_t size);
    task<std::size_t> receive(std::size_t capacity);
    task<std::size_t> receive_body(body_pace& pace);
    bool charge();
    refusal refuse_body(unsigned status, std::string why);

    connection& connection_;
    session_deadline& deadline_;
    const limits& bounds_;
    byte_budget& bodies_;
    const std::atomic<bool>& draining_;
    reader reader_;
    receive_buffer buffer_;
    std::size_t charged_ = 0; // of the body
    bool is_idle_ = false;
};

} // namespace penstock::host::http
