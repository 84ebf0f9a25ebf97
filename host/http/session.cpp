// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "session.hpp"

#include "content_coding.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <array>

namespace penstock::host::http
{

namespace asio = boost::asio;

namespace
{

// Errors come back as values: a peer that goes away is no exception here.
constexpr auto as_value = asio::as_tuple(asio::use_awaitable);

// A body this short is read to keep the connection after a refusal; it is in flight anyway.
constexpr std::size_t short_body = 64 * limits::kib;

// A chunk's line is its size (16 digits), its extension and two line ends.
constexpr std::size_t chunk_line = 32;

} // namespace

session::session(asio::ip::tcp::socket socket, std::string peer, session_surroundings& around)
    : socket_{std::move(socket)},
      peer_{std::move(peer)},
      around_{around},
      reader_{around.bounds},
      timer_{socket_.get_executor()},
      answered_{socket_.get_executor()}
{
}

session::~session()
{
    if (exchange_)
    {
        exchange_->abandon();
    }
}

asio::awaitable<void> session::serve()
{
    const auto self = shared_from_this();
    auto then = next::request;
    while (then == next::request && !aborted_)
    {
        then = co_await serve_request();
        buffer_.shrink();
    }
    if (then == next::linger && !aborted_)
    {
        co_await linger();
    }
    timer_.cancel();
    boost::system::error_code ignored;
    socket_.close(ignored);
}

void session::drain()
{
    asio::post(socket_.get_executor(),
               [self = shared_from_this()]
               {
                   if (self->idle_)
                   {
                       boost::system::error_code ignored;
                       self->socket_.cancel(ignored);
                   }
                   if (self->websocket_)
                   {
                       self->websocket_->drain();
                   }
               });
}

void session::abort()
{
    asio::post(socket_.get_executor(),
               [self = shared_from_this()]
               {
                   self->aborted_ = true;
                   boost::system::error_code ignored;
                   self->socket_.close(ignored);
                   self->answered_.cancel();
               });
}

asio::awaitable<session::next> session::serve_request()
{
    const auto size = co_await await_head();
    if (size.has_error())
    {
        co_return co_await refuse(size.error());
    }
    if (*size == 0)
    {
        co_return next::close;
    }
    const auto read = reader_.read_head(buffer_.view().substr(0, *size));
    if (read.has_error())
    {
        co_return co_await refuse(read.error());
    }
    buffer_.consume(*size);
    reader_.current().peer = peer_;

    if (auto early = screen())
    {
        co_return co_await refuse_early(std::move(*early));
    }
    if (reader_.framed().has_body())
    {
        const auto whole = co_await await_body();
        if (whole.has_error())
        {
            co_return co_await refuse(whole.error());
        }
        if (!*whole)
        {
            co_return next::close;
        }
    }

    const auto& framed = reader_.framed();
    answer_frame frame{.version = framed.version,
                       .keep_alive = framed.keep_alive,
                       .head_only = reader_.current().head_only,
                       .gzip = accepts_gzip(reader_.current().headers),
                       .compress_from = around_.bounds.compress_from};
    auto answer = co_await await_answer();
    if (aborted_)
    {
        co_return next::close;
    }
    if (answer.upgrade)
    {
        co_await converse(std::move(answer));
        co_return next::close;
    }
    frame.keep_alive = frame.keep_alive && !around_.draining;
    if (!co_await send(std::move(answer), frame))
    {
        co_return next::close;
    }
    co_return frame.keep_alive ? next::request : next::linger;
}

/// Hands the connection over to a WebSocket, until that ends.
asio::awaitable<void> session::converse(response answer)
{
    websocket_ =
        std::make_shared<websocket_session>(socket_, around_.bounds, std::move(answer.upgrade));
    if (around_.draining)
    {
        websocket_->drain();
    }
    std::string head = "HTTP/1.1 101 Switching Protocols\r\n"
                       "Upgrade: websocket\r\nConnection: Upgrade\r\n";
    for (const auto& [name, value] : answer.headers)
    {
        head.append(name).append(": ").append(value).append("\r\n");
    }
    head.append("\r\n");
    expire_at(clock::now() + around_.bounds.body_time);
    const auto [error, sent] = co_await asio::async_write(socket_, asio::buffer(head), as_value);
    expire_at(clock::time_point::max()); // it has deadlines of its own
    if (error)
    {
        co_return;
    }
    const std::string early{buffer_.view()};
    buffer_.consume(buffer_.size());
    buffer_.shrink();
    co_await websocket_->run(early);
}

/// Waits for a whole header block and returns its length; 0 when the connection is over.
asio::awaitable<checked<std::size_t>> session::await_head()
{
    const auto& bounds = around_.bounds;
    std::size_t seen = 0;
    bool started = false;
    expire_at(clock::now() + bounds.idle_time);
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
            expire_at(clock::now() + bounds.header_time);
        }
        const auto count = co_await receive(receive_buffer::small);
        idle_ = false;
        if (count == 0)
        {
            if (timed_out_ && seen > 0)
            {
                co_return refusal{408, "header: too slow; expected its end within " +
                                           std::to_string(bounds.header_time.count()) + " ms"};
            }
            co_return std::size_t{0};
        }
    }
}

/// Decides on the header alone.
std::optional<response> session::screen()
{
    const auto& head = reader_.current();
    if (auto objection = around_.rules.objection(head.headers))
    {
        return response::problem(403, {}, *objection);
    }
    try
    {
        if (auto refused = around_.routes.head(head))
        {
            return refused;
        }
    }
    catch (const std::exception& thrown)
    {
        return failed(thrown);
    }
    if (head.content_length.value_or(0) > around_.bounds.body)
    {
        return response::problem(413, {},
                                 "body: over its limit; expected at most " +
                                     std::to_string(around_.bounds.body) + " bytes");
    }
    return std::nullopt;
}

response session::failed(const std::exception& thrown) const
{
    if (around_.report)
    {
        around_.report(thrown.what());
    }
    return response::problem(500, {}, "the request failed inside the host");
}

/// Reads the body to its end; false when the peer went away before it.
asio::awaitable<checked<bool>> session::await_body()
{
    const auto& bounds = around_.bounds;
    const auto begin = clock::now();
    expire_at(begin + bounds.body_time);
    if (reader_.framed().expects_continue && reader_.framed().version == 11 && buffer_.empty())
    {
        constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        const auto [error, sent] =
            co_await asio::async_write(socket_, asio::buffer(go_on), as_value);
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
            if (timed_out_)
            {
                co_return refusal{408, "body: too slow; expected at least " +
                                           std::to_string(bounds.body_rate) + " bytes a second"};
            }
            co_return false;
        }
        received += count;
        expire_at(begin + transfer_time(received));
    }
}

/// Hands the request over and waits for as long as the handler likes: deadlines are its own.
asio::awaitable<response> session::await_answer()
{
    expire_at(clock::time_point::max());
    exchange_ = std::make_shared<exchange>(
        [this, weak = weak_from_this()]
        {
            asio::post(socket_.get_executor(),
                       [weak]
                       {
                           if (const auto self = weak.lock())
                           {
                               self->answered_.cancel();
                           }
                       });
        });
    try
    {
        around_.routes.handle(std::move(reader_.current()), reply_to(exchange_));
    }
    catch (const std::exception& thrown)
    {
        exchange_->give(failed(thrown));
    }
    auto answer = exchange_->take();
    while (!answer && !aborted_)
    {
        answered_.expires_at(clock::time_point::max());
        co_await answered_.async_wait(as_value);
        answer = exchange_->take();
    }
    exchange_->abandon();
    co_return answer ? std::move(*answer) : response{};
}

/// Answers a request whose body nobody wants.
asio::awaitable<session::next> session::refuse_early(response answer)
{
    const auto& framed = reader_.framed();
    // After `Expect` nobody knows whether the body comes.
    const bool skippable =
        !framed.has_body() ||
        (framed.content_length && *framed.content_length <= short_body && !framed.expects_continue);
    const answer_frame frame{.version = framed.version,
                             .keep_alive = framed.keep_alive && skippable && !around_.draining,
                             .head_only = reader_.current().head_only};
    if (!co_await send(std::move(answer), frame))
    {
        co_return next::close;
    }
    if (!frame.keep_alive)
    {
        co_return next::linger;
    }
    const bool skipped = co_await discard(framed.content_length.value_or(0));
    co_return skipped ? next::request : next::close;
}

/// Answers what cannot be read any further; nothing behind it on the connection is looked at.
asio::awaitable<session::next> session::refuse(refusal why)
{
    const answer_frame frame{.version = 11, .keep_alive = false};
    const bool sent = co_await send(response::problem(why.status(), {}, why.why()), frame);
    // Someone too slow has had all the time there is.
    co_return sent&& why.status() != 408 ? next::linger : next::close;
}

asio::awaitable<bool> session::send(response answer, answer_frame frame)
{
    const auto head = prepare_answer(answer, frame);
    expire_at(clock::now() + transfer_time(answer.body.size()));
    const std::array<asio::const_buffer, 2> parts{asio::buffer(head), asio::buffer(answer.body)};
    const auto [error, sent] = co_await asio::async_write(socket_, parts, as_value);
    co_return !error;
}

asio::awaitable<bool> session::discard(std::size_t count)
{
    expire_at(clock::now() + around_.bounds.discard_time);
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
        co_await socket_.async_read_some(asio::buffer(room.data(), room.size()), as_value);
    buffer_.commit(count);
    co_return error ? 0 : count;
}

/// Closes its own side and reads for a while what the peer still sends: closing at once would
/// reset the connection and take the answer away from a peer that has not read it yet.
asio::awaitable<void> session::linger()
{
    boost::system::error_code ignored;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    expire_at(clock::now() + around_.bounds.discard_time);
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

std::chrono::milliseconds session::transfer_time(std::size_t bytes) const
{
    const auto& bounds = around_.bounds;
    const auto earned = bounds.body_rate > 0 ? bytes * 1000 / bounds.body_rate : 0;
    return bounds.body_time + std::chrono::milliseconds{earned};
}

void session::expire_at(clock::time_point due)
{
    due_ = due;
    timed_out_ = false;
    if (due < armed_)
    {
        arm(due);
    }
}

void session::arm(clock::time_point at)
{
    armed_ = at;
    timer_.expires_at(at);
    timer_.async_wait(
        [self = shared_from_this()](boost::system::error_code error)
        {
            if (!error)
            {
                self->ring();
            }
        });
}

void session::ring()
{
    armed_ = clock::time_point::max();
    if (due_ == clock::time_point::max())
    {
        return;
    }
    if (clock::now() < due_)
    {
        arm(due_);
        return;
    }
    timed_out_ = true;
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

} // namespace penstock::host::http
