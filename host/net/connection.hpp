// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the files of the server and its sessions only: Asio is heavy to compile.

#include "asio_types.hpp"
#include "host/net/tls/tls_identity.hpp"

#include <boost/asio/buffer.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <tuple>

namespace boost::asio::ssl
{
template <class Next>
class stream;
} // namespace boost::asio::ssl

namespace penstock::host::http
{

class tls_stream;

/// Holds the accepted TCP connection that a session speaks over, with TLS or without. One operation
/// each way may be under way; errors come back as values, for a peer that goes away is no
/// exception. All members run on the connection's executor.
///
/// What waits returns the socket's own awaitable: a coroutine in between would cost a frame for
/// each read and write.
class connection
{
public:
    template <class... Values>
    using outcome = task<std::tuple<boost::system::error_code, Values...>>;

    /// Speaks TLS if there is an identity to show.
    connection(tcp_socket accepted, std::shared_ptr<const tls_identity> identity);
    ~connection();

    [[nodiscard]] io_executor get_executor() { return socket_.get_executor(); }

    [[nodiscard]] bool is_secure() const noexcept { return secure_ != nullptr; }

    /// Agrees with the peer on how to speak TLS; before anything else, if it is secure.
    [[nodiscard]] outcome<> shake_hands();

    /// Ends TLS: sends that nothing more comes, and waits for the peer's answer.
    [[nodiscard]] outcome<> say_goodbye();

    /// Speaks no TLS from now on, though the peer may.
    void drop_tls() noexcept;

    /// Writes as much as can be sent without waiting, 64 KiB at most, and returns how much that was;
    /// nothing over TLS. What is wrong shows when the rest is written.
    [[nodiscard]] std::size_t write_now(std::array<boost::asio::const_buffer, 2> parts);

    /// Reads what there is, at least a byte.
    [[nodiscard]] outcome<std::size_t> read_some(boost::asio::mutable_buffer into);

    /// Writes everything.
    [[nodiscard]] outcome<std::size_t> write(boost::asio::const_buffer whole);
    [[nodiscard]] outcome<std::size_t> write(const std::array<boost::asio::const_buffer, 2>& parts);

    /// Ends with an error what is under way.
    void cancel() noexcept;

    /// Ends the sending direction; the peer may still be read from.
    void end_writing() noexcept;

    /// Stops reads and writes for good.
    void cut_off() noexcept;

    void close() noexcept;

    /// What it speaks over, for another protocol; the second is null unless it is secure.
    [[nodiscard]] tcp_socket& socket() noexcept { return socket_; }
    [[nodiscard]] boost::asio::ssl::stream<tcp_socket&>* secure_socket() noexcept;

private:
    tcp_socket socket_;
    std::unique_ptr<tls_stream> secure_; // over the socket
};

/// Returns whether hands could not be shaken because the peer speaks plain HTTP.
[[nodiscard]] bool is_plain_http(const boost::system::error_code& error) noexcept;

} // namespace penstock::host::http
