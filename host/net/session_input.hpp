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

    enum class progress
    {
        whole, ///< what was looked for is there
        more,  ///< receive_head() or await_body() must bring more of it
        over   ///< the connection is over
    };

    /// Looks for the head of the next request in what has come. The session is the one that waits:
    /// a coroutine of its own for each head would cost a frame.
    checked<progress> begin_head();

    /// Waits for some bytes of a head.
    connection::outcome<std::size_t> receive_head();

    /// Looks for the head after receive_head() brought so many bytes.
    checked<progress> go_on_with_head(std::size_t count);

    /// Looks whether the body has come with the head; await_body() waits for it.
    checked<progress> begin_body();

    /// Reads the body to its end, or until the connection is over before it.
    task<checked<progress>> await_body();

    /// Whether something has come that is not of the request at hand.
    [[nodiscard]] bool has_more() const noexcept { return !buffer_.empty(); }

    /// Lets go of what nobody took of a request that was handed on.
    void let_go() noexcept { reader_.let_go(); }

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

    checked<progress> look_for_head();
    task<std::size_t> receive(std::size_t capacity);
    task<std::size_t> receive_body(body_pace& pace);
    bool charge();

    connection& connection_;
    session_deadline& deadline_;
    const limits& bounds_;
    byte_budget& bodies_;
    const std::atomic<bool>& draining_;
    reader reader_;
    receive_buffer buffer_;
    std::size_t seen_ = 0;     // of the head: looked at, without its end
    bool has_started_ = false; // some of the head has come
    bool may_skip_ = false;    // an empty line before the head
    std::size_t charged_ = 0;  // of the body
    bool is_idle_ = false;
};

} // namespace penstock::host::http
