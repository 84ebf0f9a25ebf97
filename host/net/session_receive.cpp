// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "session.hpp"

#include <boost/asio/buffer.hpp>

#include <algorithm>

namespace penstock::host::http
{

namespace asio = boost::asio;

namespace
{

// A chunk's line is its size (16 digits), its extension and two line ends.
constexpr std::size_t chunk_line = 32;

} // namespace

/// Waits for a whole header block and returns its length; 0 when the connection is over.
asio::awaitable<checked<std::size_t>> session::await_head()
{
    const auto& bounds = around_.bounds;
    std::size_t seen = 0;
    bool started = false;
    deadline_.set(clock::now() + bounds.idle_time);
    for (;;)
    {
        const auto end = end_of_head(buffer_.view(), seen, bounds);
        if (end.has_error())
        {
            co_return end.error();
        }
        if (*end)
        {
            co_return **end;
        }
        seen = buffer_.size();
        idle_ = seen == 0;
        if (idle_ && around_.draining)
        {
            co_return std::size_t{0};
        }
        if (!idle_ && !started)
        {
            started = true;
            deadline_.set(clock::now() + bounds.header_time);
        }
        const auto count = co_await receive(receive_buffer::small);
        idle_ = false;
        if (count == 0)
        {
            if (deadline_.passed() && seen > 0)
            {
                co_return refusal{408, "header: too slow; expected its end within " +
                                           std::to_string(bounds.header_time.count()) + " ms"};
            }
            co_return std::size_t{0};
        }
    }
}

/// Reads the body to its end; false when the peer went away before it.
asio::awaitable<checked<bool>> session::await_body()
{
    const auto& bounds = around_.bounds;
    const auto begin = clock::now();
    deadline_.set(begin + bounds.body_time);
    if (reader_.framed().expects_continue && reader_.framed().version == 11 && buffer_.empty())
    {
        constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        const auto [error, sent] = co_await connection_.write(asio::buffer(go_on));
        if (error)
        {
            co_return false;
        }
    }
    for (std::size_t received = 0;;)
    {
        const auto used = reader_.read_body(buffer_.view());
        if (used.has_error())
        {
            co_return used.error();
        }
        buffer_.consume(*used);
        if (reader_.complete())
        {
            co_return true;
        }
        if (buffer_.size() > bounds.chunk_extension + chunk_line)
        {
            co_return refusal{400, "body: a chunk's line does not end; expected SIZE, line end"};
        }
        const auto count = co_await receive(receive_buffer::large);
        if (count == 0)
        {
            if (deadline_.passed())
            {
                co_return refusal{408, "body: too slow; expected at least " +
                                           std::to_string(bounds.body_rate) + " bytes a second"};
            }
            co_return false;
        }
        received += count;
        deadline_.set(begin + transfer_time(received));
    }
}

asio::awaitable<bool> session::discard(std::size_t count)
{
    deadline_.set(clock::now() + around_.bounds.discard_time);
    while (count > 0)
    {
        if (buffer_.empty() && co_await receive(receive_buffer::small) == 0)
        {
            co_return false;
        }
        const auto used = std::min(count, buffer_.size());
        buffer_.consume(used);
        count -= used;
    }
    co_return true;
}

/// Receives something into the buffer; 0 when the peer is done, gone or out of time.
asio::awaitable<std::size_t> session::receive(std::size_t capacity)
{
    const auto room = buffer_.room(capacity);
    const auto [error, count] =
        co_await connection_.read_some(asio::buffer(room.data(), room.size()));
    buffer_.commit(count);
    co_return error ? 0 : count;
}

/// Closes its own side and reads for a while what the peer still sends: closing at once would
/// reset the connection and take the answer away from a peer that has not read it yet.
asio::awaitable<void> session::linger()
{
    deadline_.set(clock::now() + around_.bounds.discard_time);
    if (connection_.is_secure())
    {
        co_await connection_.say_goodbye();
        connection_.drop_tls(); // what still comes is not worth decrypting
    }
    connection_.end_writing();
    for (auto left = around_.bounds.discard; left > 0;)
    {
        buffer_.consume(buffer_.size());
        const auto count = co_await receive(receive_buffer::small);
        if (count == 0)
        {
            break;
        }
        left -= std::min(left, count);
    }
}

} // namespace penstock::host::http
