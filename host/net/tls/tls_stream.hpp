// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the files of connections only: OpenSSL is heavy to compile.

#include "host/net/connection.hpp"

#include <boost/asio/ssl/stream.hpp>

namespace penstock::host::http
{

/// Speaks TLS over the socket of a connection; its members are as those. In a file of its own, so
/// that plain HTTP is compiled as if there were no TLS: together they made each request 650
/// instructions longer, which the compiler did not inline any more.
class tls_stream
{
public:
    /// The socket outlives it.
    tls_stream(tcp_socket& below, const tls_identity& identity);

    [[nodiscard]] connection::outcome<> shake_hands();
    [[nodiscard]] connection::outcome<> say_goodbye();
    [[nodiscard]] connection::outcome<std::size_t> read_some(boost::asio::mutable_buffer into);
    [[nodiscard]] connection::outcome<std::size_t> write(boost::asio::const_buffer whole);
    [[nodiscard]] connection::outcome<std::size_t>
    write(const std::array<boost::asio::const_buffer, 2>& parts);

    [[nodiscard]] auto& stream() noexcept { return stream_; }

private:
    boost::asio::ssl::stream<tcp_socket&> stream_;
};

} // namespace penstock::host::http
