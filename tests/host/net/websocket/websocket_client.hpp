// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <penstock/json.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host::http::testing
{

/// A WebSocket client that is not ours: Boost.Beast's. It waits for what it expects, up to 20 s,
/// and throws if that does not come. For one thread at a time.
class websocket_client
{
public:
    /// Connects, as a page of `origin` if that is given; throws if it is refused.
    websocket_client(std::uint16_t port, std::string_view target, std::string_view origin = {});
    ~websocket_client();

    void send(std::string_view text);
    void send_binary(std::string_view bytes);

    /// Sends one message cut into frames of two bytes each.
    void send_in_pieces(std::string_view text);
    void ping();

    /// The next text message; nothing when the other side ended the connection.
    [[nodiscard]] std::optional<std::string> receive();

    /// The next message that fits, as JSON; passes over the others. Throws at the end.
    json::value wait_for(const std::function<bool(const json::object&)>& fits);

    /// The next message of that type.
    json::value wait_for(std::string_view type);

    /// Why the other side ended the connection; once receive() has returned nothing.
    [[nodiscard]] unsigned closed_with() const;

    /// Closes, and waits for the answer.
    void close();

    /// Counts the pings that came, and were answered, while something was received. [any thread]
    [[nodiscard]] std::size_t pings() const;

    /// Counts the pongs that came while something was received.
    [[nodiscard]] std::size_t pongs() const;

private:
    class connection;

    std::unique_ptr<connection> connection_;
};

} // namespace penstock::host::http::testing
