// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the files of sessions and clients only: Asio is heavy to compile.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>

namespace penstock::host::http
{

/// The executor of an event loop, by its own type: Asio calls a handler straight where it knows the
/// executor, and through a type-erased function where it does not.
using io_executor = boost::asio::io_context::executor_type;

/// A coroutine on an event loop.
template <class Value = void>
using task = boost::asio::awaitable<Value, io_executor>;

using tcp_socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, io_executor>;
using tcp_acceptor = boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, io_executor>;
using steady_timer = boost::asio::basic_waitable_timer<
    std::chrono::steady_clock, boost::asio::wait_traits<std::chrono::steady_clock>, io_executor>;

} // namespace penstock::host::http
