// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace penstock::host::http
{

struct request;
struct response;

/// Why a WebSocket ends, as RFC 6455 (7.4.1) numbers it.
enum class close_code : unsigned
{
    normal = 1000,
    going_away = 1001, ///< the host stops
    protocol_error = 1002,
    unsupported = 1003, ///< a binary message
    bad_text = 1007,    ///< not UTF-8
    policy = 1008,
    too_big = 1009
};

/// The sending side of one WebSocket. [any thread]
class websocket
{
public:
    virtual ~websocket() = default;

    /// Queues a text message. False, and nothing is queued, when the client reads too slowly for
    /// it, or the connection ends. Never blocks.
    [[nodiscard]] virtual bool send(std::string text) = 0;

    /// Ends the connection once what is queued has been sent. The first call counts.
    virtual void close(close_code code, std::string why) = 0;
};

/// What a route does with one WebSocket. All calls come from a thread of the server, one at a time;
/// they must not block or throw.
class websocket_handler
{
public:
    virtual ~websocket_handler() = default;

    /// The connection stands. `client` may be kept for as long as anybody likes.
    virtual void opened(std::shared_ptr<websocket> client) = 0;

    /// The client said something: a whole message of UTF-8 text.
    virtual void received(std::string_view text) = 0;

    /// The connection has gone; the last call.
    virtual void closed() noexcept = 0;
};

/// A WebSocket that a request asked for and gets.
struct websocket_upgrade
{
    std::shared_ptr<websocket_handler> handler;
    std::string key;        ///< the client's, which the answer shows to have been read
    std::string protocol{}; ///< the chosen one; empty: none
};

/// Answers a request that asks for a WebSocket: 101, after which `handler` has the connection; 426
/// if it asks for something else, 400 if it asks wrongly. Of the protocols that the client offers,
/// `protocol` is chosen if it is among them.
[[nodiscard]] response upgrade_to_websocket(const request& asked,
                                            std::shared_ptr<websocket_handler> handler,
                                            std::string_view protocol = {});

} // namespace penstock::host::http
