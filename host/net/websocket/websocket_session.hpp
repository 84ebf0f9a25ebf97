// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the files of the sessions only: Asio is heavy to compile.

#include "host/net/asio_types.hpp"
#include "host/net/connection.hpp"
#include "host/net/limits.hpp"
#include "host/net/session_deadline.hpp"
#include "websocket.hpp"
#include "websocket_outbox.hpp"

#include <memory>
#include <string_view>

namespace penstock::host::http
{

class websocket_stream;

/// Serves one connection from its upgrade to its end. One coroutine reads and another one writes;
/// both run on the connection's executor, as all members but the constructor do.
///
/// Who reads nothing for `websocket_write_time`, or leaves a ping without an answer, is cut off.
class websocket_session : public std::enable_shared_from_this<websocket_session>
{
public:
    /// Connection and limits outlive this object.
    websocket_session(connection& over, const limits& bounds,
                      std::shared_ptr<const websocket_upgrade> asked);
    ~websocket_session();
    websocket_session(const websocket_session&) = delete;
    websocket_session& operator=(const websocket_session&) = delete;

    /// Runs until both sides have said goodbye, or one has gone. `early` came behind the request.
    task<void> run(std::string_view early);

    /// Closes the conversation with 1001: the host stops.
    void drain();

private:
    task<void> read();
    task<void> write();
    void cut_off();

    connection& connection_;
    const limits& bounds_;
    std::shared_ptr<const websocket_upgrade> asked_;
    std::unique_ptr<websocket_stream> stream_; // over the connection
    std::shared_ptr<websocket_outbox> outbox_;
    steady_timer to_write_;     // cancelled when there is something to write
    steady_timer written_;      // cancelled when the writer has ended
    session_deadline deadline_; // of what is being written
    bool writing_ = false;      // the writer has not ended
    bool leaving_ = false;
};

} // namespace penstock::host::http
