// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "websocket_session.hpp"

#include "host/net/as_value.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <array>
#include <exception>
#include <utility>

namespace penstock::host::http
{

namespace asio = boost::asio;

namespace
{

constexpr std::size_t block = 4096;

} // namespace

websocket_session::websocket_session(connection& over, const limits& bounds,
                                     std::shared_ptr<websocket_handler> handler)
    : connection_{over},
      bounds_{bounds},
      handler_{std::move(handler)},
      reader_{frames_of::client, bounds.websocket_message},
      to_write_{over.get_executor()},
      written_{over.get_executor()},
      tick_{over.get_executor()},
      heard_{clock::now()},
      pinged_{heard_}
{
}

websocket_session::~websocket_session()
{
    if (outbox_)
    {
        outbox_->end();
        handler_->closed();
    }
}

asio::awaitable<void> websocket_session::run(std::string_view early)
{
    const auto self = shared_from_this();
    outbox_ =
        std::make_shared<websocket_outbox>(bounds_.websocket_backlog,
                                           [this, weak = weak_from_this()]
                                           {
                                               asio::post(connection_.get_executor(),
                                                          [weak]
                                                          {
                                                              if (const auto alive = weak.lock())
                                                                  alive->to_write_.cancel();
                                                          });
                                           });
    handler_->opened(outbox_);
    if (leaving_)
        drain();
    writing_ = true;
    asio::co_spawn(connection_.get_executor(), write(),
                   [self](const std::exception_ptr& thrown)
                   {
                       if (thrown)
                           self->cut_off();
                       self->writing_ = false;
                       self->written_.cancel();
                   });
    watch();
    reader_.feed(early);
    try
    {
        co_await read();
    }
    catch (const std::exception&) // no memory; the writer still uses the socket
    {
        cut_off();
    }
    outbox_->close(close_code::normal, {}); // unless something else was said
    while (writing_)
    {
        written_.expires_at(clock::time_point::max());
        co_await written_.async_wait(as_value);
    }
    tick_.cancel();
    outbox_->end();
    handler_->closed();
    outbox_.reset();
}

void websocket_session::drain()
{
    leaving_ = true;
    if (outbox_)
        outbox_->close(close_code::going_away, "the host stops");
}

asio::awaitable<void> websocket_session::read()
{
    std::array<char, block> room{};
    while (take_messages())
    {
        const auto [error, count] = co_await connection_.read_some(asio::buffer(room));
        if (error)
            co_return;
        heard_ = clock::now();
        reader_.feed({room.data(), count});
    }
}

// Hands on what came; false when nothing more is to be read.
bool websocket_session::take_messages()
{
    for (;;)
    {
        auto read = reader_.next();
        if (read.has_error())
        {
            outbox_->close(static_cast<close_code>(read.error().status()), read.error().why());
            return false;
        }
        if (!*read)
            return true;
        websocket_message& message = **read;
        switch (message.kind)
        {
        case frame_kind::close: return false; // answered with a close of our own
        case frame_kind::ping:
            pong_ = std::move(message.payload); // the last one is enough (RFC 6455, 5.5.3)
            pong_due_ = true;
            to_write_.cancel();
            break;
        case frame_kind::text: handler_->received(message.payload); break;
        default: break; // a pong was heard, that is all
        }
    }
}

asio::awaitable<void> websocket_session::write()
{
    for (bool over = false; !over;)
    {
        const auto next = outbox_->take();
        std::string bytes;
        if (std::exchange(pong_due_, false))
            bytes += write_frame(frame_kind::pong, pong_);
        if (std::exchange(ping_due_, false))
            bytes += write_frame(frame_kind::ping, {});
        for (const std::string& each : next.texts)
            bytes += write_frame(frame_kind::text, each);
        if (next.end)
            bytes += write_frame(frame_kind::close, close_payload(next.end->code, next.end->why));
        over = next.end.has_value();
        if (bytes.empty())
        {
            to_write_.expires_at(clock::time_point::max());
            co_await to_write_.async_wait(as_value);
            continue;
        }
        write_due_ = clock::now() + bounds_.websocket_write_time;
        const auto [error, count] = co_await connection_.write(asio::buffer(bytes));
        write_due_ = clock::time_point::max();
        if (error)
        {
            cut_off();
            co_return;
        }
    }
    // The peer gets some time to say goodbye in its turn.
    end_due_ = clock::now() + bounds_.discard_time;
    connection_.end_writing();
}

void websocket_session::watch()
{
    const auto often =
        std::min({bounds_.websocket_write_time, bounds_.idle_time / 3, bounds_.discard_time});
    tick_.expires_after(std::max(often / 4, std::chrono::milliseconds{1}));
    tick_.async_wait(
        [self = shared_from_this()](boost::system::error_code error)
        {
            if (error || !self->outbox_)
                return;
            self->look();
            self->watch();
        });
}

void websocket_session::look()
{
    const auto now = clock::now();
    if (now >= write_due_ || now >= end_due_ || now >= heard_ + bounds_.idle_time)
    {
        cut_off();
        return;
    }
    if (now >= std::max(heard_, pinged_) + bounds_.idle_time / 3)
    {
        pinged_ = now;
        ping_due_ = true;
        to_write_.cancel();
    }
}

void websocket_session::cut_off()
{
    connection_.cut_off();
    // The writer may have nothing to write, and then no error to end with.
    outbox_->close(close_code::policy, {});
}

} // namespace penstock::host::http
