// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the files of sessions and clients only: Asio is heavy to compile.

#include "host/net/asio_types.hpp"
#include "websocket.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>

namespace boost::asio::ssl
{
template <class Next>
class stream;
} // namespace boost::asio::ssl

namespace penstock::host::http
{

/// One end of a WebSocket: Boost.Beast's stream, which is compiled in a unit of its own, for it is
/// dear. Pings are answered while something is read; extensions, and what the RFC forbids, end the
/// connection with the code that it demands. One read, one write and one close may be under way;
/// errors come back as values. All members run on the socket's executor.
class websocket_stream
{
public:
    using socket = tcp_socket;
    using secure_socket = boost::asio::ssl::stream<socket&>;

    template <class... Values>
    using outcome = task<std::tuple<boost::system::error_code, Values...>>;

    struct bounds
    {
        std::size_t message;                        ///< the longest that may come
        std::chrono::steady_clock::duration polite; ///< for either greeting, and for the goodbye

        /// A peer that is silent for half of this time is pinged, and cut off after all of it.
        /// Zero: that may take for ever.
        std::chrono::steady_clock::duration idle{};
    };

    /// Speaks over `secure` if there is one, which is over the socket. Both outlive this object.
    [[nodiscard]] static std::unique_ptr<websocket_stream>
    over(socket& plain, secure_socket* secure, const bounds& within);

    virtual ~websocket_stream() = default;

    /// Greets the client that asked. `early` came behind its request, though it should have waited:
    /// more than some 1,000 bytes are an error.
    [[nodiscard]] virtual outcome<> accept(const websocket_upgrade& asked,
                                           std::string_view early) = 0;

    /// Greets a host; shows the token unless it is empty.
    [[nodiscard]] virtual outcome<> ask(const std::string& host, const std::string& target,
                                        const std::string& token) = 0;

    /// The status with which the host answered ask(); 0 if it has not.
    [[nodiscard]] virtual unsigned status() const = 0;

    /// Reads a message.
    [[nodiscard]] virtual outcome<std::size_t> read() = 0;

    /// The message that was read last.
    [[nodiscard]] virtual std::string_view message() const = 0;
    [[nodiscard]] virtual bool is_text() const = 0;

    /// Writes a text message, which stays there until it is written.
    [[nodiscard]] virtual outcome<std::size_t> write(std::string_view text) = 0;

    /// Sends the close frame, and waits for that of the other end.
    [[nodiscard]] virtual outcome<> close(close_code code, std::string_view why) = 0;
};

} // namespace penstock::host::http
