// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the files of the server and its sessions only: Asio is heavy to compile.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <array>
#include <cstddef>
#include <tuple>

namespace penstock::host::http
{

/// Holds the accepted TCP connection that a session speaks over. One operation each way may be
/// under way; errors come back as values, for a peer that goes away is no exception. All members
/// run on the connection's executor.
///
/// What waits returns the socket's own awaitable: a coroutine in between would cost a frame for
/// each read and write.
class connection
{
public:
    template <class... Values>
    using outcome = boost::asio::awaitable<std::tuple<boost::system::error_code, Values...>>;

    explicit connection(boost::asio::ip::tcp::socket accepted);

    [[nodiscard]] boost::asio::any_io_executor get_executor() { return socket_.get_executor(); }

    /// Reads what there is, at least a byte.
    [[nodiscard]] outcome<std::size_t> read_some(boost::asio::mutable_buffer into);

    /// Writes everything.
    [[nodiscard]] outcome<std::size_t> write(boost::asio::const_buffer whole);
    [[nodiscard]] outcome<std::size_t> write(const std::array<boost::asio::const_buffer, 2>& parts);

    /// Ends with an error what is under way.
    void cancel() noexcept;

    /// Tells the peer that nothing more comes; it may still be read from.
    void end_writing() noexcept;

    /// Lets nothing through any more, either way.
    void cut_off() noexcept;

    void close() noexcept;

private:
    boost::asio::ip::tcp::socket socket_;
};

} // namespace penstock::host::http
