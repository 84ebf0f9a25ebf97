// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <utility>

namespace penstock::host::http
{

namespace asio = boost::asio;
using asio::ip::tcp;

namespace
{

constexpr auto as_value = asio::as_tuple(asio::use_awaitable);

} // namespace

connection::connection(tcp::socket accepted) : socket_{std::move(accepted)} {}

connection::outcome<std::size_t> connection::read_some(asio::mutable_buffer into)
{
    return socket_.async_read_some(into, as_value);
}

connection::outcome<std::size_t> connection::write(asio::const_buffer whole)
{
    return asio::async_write(socket_, whole, as_value);
}

connection::outcome<std::size_t> connection::write(const std::array<asio::const_buffer, 2>& parts)
{
    return asio::async_write(socket_, parts, as_value);
}

void connection::cancel() noexcept
{
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void connection::end_writing() noexcept
{
    boost::system::error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

void connection::cut_off() noexcept
{
    boost::system::error_code ignored;
    socket_.cancel(ignored);
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
}

void connection::close() noexcept
{
    boost::system::error_code ignored;
    socket_.close(ignored);
}

} // namespace penstock::host::http
