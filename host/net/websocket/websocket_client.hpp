// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/net/client.hpp"
#include "host/net/refusal.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host::http
{

/// Talks to one host over a WebSocket, and waits for each message. For one thread at a time.
class websocket_client
{
public:
    /// Connects, waiting for up to `patience`. What keeps it from that has the status of the host's
    /// answer, or 0 if there was none.
    [[nodiscard]] static checked<websocket_client> open(const url& host, std::string_view target,
                                                        std::chrono::milliseconds patience,
                                                        const client_identity& who = {});

    websocket_client(websocket_client&&) noexcept;
    websocket_client& operator=(websocket_client&&) noexcept;
    ~websocket_client();

    /// Sends a text message; false when the connection has ended.
    [[nodiscard]] bool send(std::string_view text);

    /// Waits for the next text message, however long that takes, and answers pings meanwhile;
    /// nothing when the connection has ended.
    [[nodiscard]] std::optional<std::string> receive();

private:
    class connection;
    explicit websocket_client(std::unique_ptr<connection> opened);

    std::unique_ptr<connection> connection_;
};

} // namespace penstock::host::http
