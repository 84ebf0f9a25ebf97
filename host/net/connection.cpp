// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "connection.hpp"

#include "as_value.hpp"
#include "host/net/tls/tls_stream.hpp"

#include <boost/asio/write.hpp>

#include <utility>

namespace penstock::host::http
{

namespace asio = boost::asio;

connection::connection(tcp_socket accepted, std::shared_ptr<const tls_identity> identity)
    : socket_{std::move(accepted)}
{
    boost::system::error_code ignored;
    socket_.non_blocking(true, ignored); // for write_now()
    if (identity)
    {
        secure_ = std::make_unique<tls_stream>(socket_, *identity);
    }
}

connection::~connection() = default;

connection::outcome<> connection::shake_hands()
{
    return secure_->shake_hands();
}

connection::outcome<> connection::say_goodbye()
{
    return secure_->say_goodbye();
}

void connection::drop_tls() noexcept
{
    secure_.reset();
}

connection::outcome<std::size_t> connection::read_some(asio::mutable_buffer into)
{
    return secure_ ? secure_->read_some(into) : socket_.async_read_some(into, as_value);
}

connection::outcome<std::size_t> connection::write(asio::const_buffer whole)
{
    return secure_ ? secure_->write(whole) : asio::async_write(socket_, whole, as_value);
}

connection::outcome<std::size_t> connection::write(const std::array<asio::const_buffer, 2>& parts)
{
    return secure_ ? secure_->write(parts) : asio::async_write(socket_, parts, as_value);
}

std::size_t connection::write_now(std::array<asio::const_buffer, 2> parts)
{
    // To hand over a megabyte may take 4 ms, in which no other connection of the thread is served.
    constexpr std::size_t most_at_once = 65'536;
    parts[0] = asio::buffer(parts[0], most_at_once);
    parts[1] = asio::buffer(parts[1], most_at_once - parts[0].size());
    boost::system::error_code ignored;
    return secure_ ? 0 : socket_.write_some(parts, ignored);
}

void connection::cancel() noexcept
{
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void connection::end_writing() noexcept
{
    boost::system::error_code ignored;
    socket_.shutdown(tcp_socket::shutdown_send, ignored);
}

void connection::cut_off() noexcept
{
    boost::system::error_code ignored;
    socket_.cancel(ignored);
    socket_.shutdown(tcp_socket::shutdown_both, ignored);
}

void connection::close() noexcept
{
    boost::system::error_code ignored;
    socket_.close(ignored);
}

asio::ssl::stream<tcp_socket&>* connection::secure_socket() noexcept
{
    return secure_ ? &secure_->stream() : nullptr;
}

} // namespace penstock::host::http
