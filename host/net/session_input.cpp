// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "session_input.hpp"

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

namespace penstock::host::http
{

namespace asio = boost::asio;

namespace
{

// A chunk's line is its size (16 digits), its extension and two line ends.
constexpr std::size_t chunk_line = 32;

// A body this short is in a buffer that a connection has anyway.
constexpr std::size_t uncharged = receive_buffer::small;

// RFC 9112, 2.2: some clients end a body with a line end that its length does not count.
constexpr std::string_view empty_line = "\r\n";

} // namespace

session_input::session_input(connection& from, session_deadline& due, const limits& bounds,
                             byte_budget& bodies, const std::atomic<bool>& draining)
    : connection_{from},
      deadline_{due},
      bounds_{bounds},
      bodies_{bodies},
      draining_{draining},
      reader_{bounds}
{
}

checked<session_input::progress> session_input::begin_head()
{
    seen_ = 0;
    has_started_ = false;
    may_skip_ = true;
    deadline_.set(clock::now() + bounds_.idle_time);
    return look_for_head();
}

connection::outcome<std::size_t> session_input::receive_head()
{
    const auto room = buffer_.room(receive_buffer::small);
    return connection_.read_some(asio::buffer(room.data(), room.size()));
}

checked<session_input::progress> session_input::go_on_with_head(std::size_t count)
{
    is_idle_ = false;
    if (count > 0)
    {
        buffer_.commit(count);
        return look_for_head();
    }
    if (deadline_.passed() && seen_ > 0)
    {
        return refusal{408, "header: too slow; expected its end within " +
                                std::to_string(bounds_.header_time.count()) + " ms"};
    }
    return progress::over;
}

checked<session_input::progress> session_input::look_for_head()
{
    if (may_skip_ && buffer_.view().starts_with(empty_line))
    {
        buffer_.consume(empty_line.size());
        seen_ = 0;
        may_skip_ = false;
    }
    const auto size = reader_.take_head(buffer_.view(), seen_);
    if (size.has_error())
    {
        return size.error();
    }
    if (*size)
    {
        buffer_.consume(**size);
        return progress::whole;
    }
    seen_ = buffer_.size();
    is_idle_ = seen_ == 0;
    if (is_idle_ && draining_)
    {
        return progress::over;
    }
    if (!is_idle_ && !has_started_)
    {
        has_started_ = true;
        deadline_.set(clock::now() + bounds_.header_time);
    }
    return progress::more;
}

checked<session_input::progress> session_input::begin_body()
{
    if (reader_.framed().chunked)
    {
        return progress::more;
    }
    const auto used = reader_.read_body(buffer_.view());
    if (used.has_error())
    {
        return refusal{used.error().status(), used.error().why()};
    }
    buffer_.consume(*used);
    return reader_.complete() ? progress::whole : progress::more;
}

task<checked<session_input::progress>> session_input::await_body()
{
    body_pace pace{bounds_, clock::now()};
    charged_ = 0;
    deadline_.set(pace.due(false));
    if (reader_.framed().expects_continue && reader_.framed().version == 11 && buffer_.empty())
    {
        constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        const auto [error, sent] = co_await connection_.write(asio::buffer(go_on));
        if (error)
        {
            co_return progress::over;
        }
    }
    for (;;)
    {
        const auto used = reader_.read_body(buffer_.view());
        if (used.has_error())
        {
            co_return refusal{used.error().status(), used.error().why()};
        }
        buffer_.consume(*used);
        if (reader_.complete())
        {
            co_return progress::whole;
        }
        if (buffer_.size() > std::max(bounds_.chunk_extension + chunk_line, bounds_.header))
        {
            co_return refusal{400,
                              "body: a chunk's line or the trailers do not end; expected SIZE, "
                              "line end, or at most " +
                                  std::to_string(bounds_.header) + " bytes of trailers"};
        }
        const auto count = co_await receive_body(pace);
        if (count == 0 && deadline_.passed())
        {
            const auto rate = bodies_.is_short() ? bounds_.short_body_rate : bounds_.body_rate;
            co_return refusal{408, "body: too slow; expected at least " + std::to_string(rate) +
                                       " bytes a second"};
        }
        if (count == 0)
        {
            co_return progress::over;
        }
        if (!charge())
        {
            co_return refusal{503, "body: as many bytes of bodies as there may be are on their "
                                   "way already; expected some later"};
        }
    }
}

/// Receives more of a body; 0 when the peer is done, gone or too slow: then the deadline has
/// passed. A body with a share of the memory is looked at now and then, for that may become short.
task<std::size_t> session_input::receive_body(body_pace& pace)
{
    constexpr auto glance = std::chrono::milliseconds{500};
    const auto room =
        std::clamp<std::uint64_t>(reader_.missing(), receive_buffer::small, receive_buffer::large);
    for (;;)
    {
        const auto due = pace.due(bodies_.is_short());
        deadline_.set(charged_ > 0 ? std::min(due, clock::now() + glance) : due);
        const auto count = co_await receive(room);
        if (count > 0)
        {
            pace.received(count, clock::now());
        }
        if (count > 0 || !deadline_.passed() || clock::now() >= pace.due(bodies_.is_short()))
        {
            co_return count;
        }
    }
}

/// Charges the budget with what is held of the body; false if there is not so much left.
bool session_input::charge()
{
    auto& asked = reader_.current();
    const auto held = asked.body.size() + buffer_.size();
    if (held <= uncharged || held <= charged_)
    {
        return true;
    }
    if (!asked.share)
    {
        asked.share = std::make_shared<budget_share>(bodies_);
    }
    const bool fits = asked.share->grow(held - charged_);
    charged_ = fits ? held : charged_;
    return fits;
}

task<bool> session_input::discard(std::size_t count)
{
    deadline_.set(clock::now() + bounds_.discard_time);
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
task<std::size_t> session_input::receive(std::size_t capacity)
{
    const auto room = buffer_.room(capacity);
    const auto [error, count] =
        co_await connection_.read_some(asio::buffer(room.data(), room.size()));
    buffer_.commit(count);
    co_return error ? 0 : count;
}

task<void> session_input::linger()
{
    const auto end = clock::now() + bounds_.linger_time;
    for (auto left = bounds_.discard; left > 0;)
    {
        buffer_.consume(buffer_.size());
        deadline_.set(std::min(clock::now() + bounds_.discard_time, end));
        const auto count = co_await receive(receive_buffer::small);
        if (count == 0)
        {
            break;
        }
        left -= std::min(left, count);
    }
}

std::string session_input::take_rest()
{
    std::string rest{buffer_.view()};
    buffer_.consume(buffer_.size());
    buffer_.shrink();
    return rest;
}

} // namespace penstock::host::http
