// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the files of the server and its sessions only: Asio is heavy to compile.

#include "asio_types.hpp"
#include "connection.hpp"
#include "handler.hpp"
#include "host/net/answer/answer_wait.hpp"
#include "host/net/websocket/websocket_session.hpp"
#include "limits.hpp"
#include "origin.hpp"
#include "session_deadline.hpp"
#include "session_input.hpp"
#include "session_output.hpp"

#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <string>

namespace penstock::host::http
{

/// What all sessions of a server share; outlives them.
struct session_surroundings
{
    handler& routes;
    limits bounds;
    origin_rules rules;
    std::function<void(std::string_view)> report;
    byte_budget bodies{bounds.bodies};
    std::atomic<bool> ending = false;   // connections are closed after their next answer
    std::atomic<bool> draining = false; // no request is waited for

    [[nodiscard]] bool is_last() const { return ending || draining; }
};

/// Serves one connection, request by request in order, as one coroutine on its socket's executor.
/// All other members except `drain` and `abort` run there too.
class session : public std::enable_shared_from_this<session>
{
public:
    /// Speaks TLS if there is an identity to show.
    session(tcp_socket socket, std::string peer, session_surroundings& around,
            std::shared_ptr<const tls_identity> identity);

    /// Runs until the connection is closed.
    task<void> serve();

    /// Ends the connection as soon as it has no request in hand. [any thread]
    void drain();

    /// Gives the answer that is due later now. [any thread]
    void conclude();

    /// Ends the connection now. [any thread]
    void abort();

private:
    using clock = session_deadline::clock;

    enum class next
    {
        request,
        linger,
        close
    };

    task<next> shake_hands();
    task<next> serve_requests();
    task<void> converse(response answer);
    std::optional<any_answer> hand_over();
    std::optional<response> screen();
    response failed(const std::exception& thrown) const;
    task<next> refuse_early(response answer);
    task<next> refuse(refusal why);
    task<void> linger();

    connection connection_;
    std::string peer_;
    session_surroundings& around_;
    session_deadline deadline_;
    session_input input_;
    session_output output_;
    answer_wait answer_;
    std::shared_ptr<websocket_session> websocket_; // after an upgrade
    bool shaking_hands_ = false;
    bool aborted_ = false;
};

} // namespace penstock::host::http
