// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "websocket_session.hpp"

#include "host/net/as_value.hpp"
#include "websocket_stream.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <chrono>
#include <exception>
#include <utility>

namespace penstock::host::http
{

namespace asio = boost::asio;

websocket_session::websocket_session(connection& over, const limits& bounds,
                                     std::shared_ptr<const websocket_upgrade> asked)
    : connection_{over},
      bounds_{bounds},
      asked_{std::move(asked)},
      stream_{websocket_stream::over(over.socket(), over.secure_socket(),
                                     {.message = bounds.websocket_message,
                                      .polite = bounds.discard_time,
                                      .idle = bounds.idle_time})},
      to_write_{over.get_executor()},
      written_{over.get_executor()},
      deadline_{over.get_executor(), [this] { cut_off(); }}
{
}

websocket_session::~websocket_session()
{
    if (outbox_)
    {
        outbox_->end();
        asked_->handler->closed();
    }
}

task<void> websocket_session::run(std::string_view early)
{
    const auto self = shared_from_this();
    deadline_.belong_to(self);
    const auto [refused] = co_await stream_->accept(*asked_, early);
    if (refused)
        co_return;
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
    asked_->handler->opened(outbox_);
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
        written_.expires_at(std::chrono::steady_clock::time_point::max());
        co_await written_.async_wait(as_value);
    }
    deadline_.cancel();
    outbox_->end();
    asked_->handler->closed();
    outbox_.reset();
}

void websocket_session::drain()
{
    leaving_ = true;
    if (outbox_)
        outbox_->close(close_code::going_away, "the host stops");
}

task<void> websocket_session::read()
{
    for (;;)
    {
        const auto [error, size] = co_await stream_->read();
        if (error)
            co_return;
        if (!stream_->is_text())
        {
            outbox_->close(close_code::unsupported, "a binary message; text was expected");
            co_return;
        }
        asked_->handler->received(stream_->message());
    }
}

task<void> websocket_session::write()
{
    for (;;)
    {
        const auto next = outbox_->take();
        for (const std::string& each : next.texts)
        {
            deadline_.set(session_deadline::clock::now() + bounds_.websocket_write_time);
            const auto [error, size] = co_await stream_->write(each);
            deadline_.set(session_deadline::never);
            if (error)
            {
                cut_off();
                co_return;
            }
        }
        if (next.end)
        {
            co_await stream_->close(next.end->code, next.end->why);
            co_return;
        }
        if (next.texts.empty())
        {
            to_write_.expires_at(std::chrono::steady_clock::time_point::max());
            co_await to_write_.async_wait(as_value);
        }
    }
}

void websocket_session::cut_off()
{
    connection_.cut_off();
    // The writer may have nothing to write, and then no error to end with.
    outbox_->close(close_code::policy, {});
}

} // namespace penstock::host::http
