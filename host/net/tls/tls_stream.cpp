// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/tls/tls_stream.hpp"

#include "host/net/as_value.hpp"

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/write.hpp>

namespace penstock::host::http
{

namespace asio = boost::asio;

tls_stream::tls_stream(tcp_socket& below, const tls_identity& identity)
    : stream_{below, identity.context()}
{
}

connection::outcome<> tls_stream::shake_hands()
{
    return stream_.async_handshake(asio::ssl::stream_base::server, as_value);
}

connection::outcome<> tls_stream::say_goodbye()
{
    return stream_.async_shutdown(as_value);
}

connection::outcome<std::size_t> tls_stream::read_some(asio::mutable_buffer into)
{
    return stream_.async_read_some(into, as_value);
}

connection::outcome<std::size_t> tls_stream::write(asio::const_buffer whole)
{
    return asio::async_write(stream_, whole, as_value);
}

connection::outcome<std::size_t> tls_stream::write(const std::array<asio::const_buffer, 2>& parts)
{
    return asio::async_write(stream_, parts, as_value);
}

bool is_plain_http(const boost::system::error_code& error) noexcept
{
    return error.category() == asio::error::get_ssl_category() &&
           ERR_GET_REASON(static_cast<unsigned long>(error.value())) == SSL_R_HTTP_REQUEST;
}

} // namespace penstock::host::http
