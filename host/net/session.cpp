// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "session.hpp"

#include "as_value.hpp"
#include "host/net/content/content_coding.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace penstock::host::http
{

namespace asio = boost::asio;

namespace
{

// A body this short is read to keep the connection after a refusal; it is in flight anyway.
constexpr std::size_t short_body = 64 * limits::kib;

} // namespace

session::session(tcp_socket socket, std::string peer, session_surroundings& around,
                 std::shared_ptr<const tls_identity> identity)
    : connection_{std::move(socket), std::move(identity)},
      peer_{std::move(peer)},
      around_{around},
      deadline_{connection_.get_executor(), [this] { connection_.cancel(); }},
      input_{connection_, deadline_, around.bounds, around.bodies, around.draining},
      output_{connection_, deadline_, around.bounds},
      answer_{connection_.get_executor()}
{
}

task<void> session::serve()
{
    const auto self = shared_from_this();
    deadline_.belong_to(self);
    answer_.belong_to(self);
    auto then = connection_.is_secure() ? co_await shake_hands() : next::request;
    if (then == next::request)
    {
        then = co_await serve_requests();
    }
    if (then == next::linger && !aborted_)
    {
        co_await linger();
    }
    deadline_.cancel();
    connection_.close();
}

void session::drain()
{
    asio::post(connection_.get_executor(),
               [self = shared_from_this()]
               {
                   if (self->shaking_hands_ || self->input_.is_idle())
                   {
                       self->connection_.cancel();
                   }
                   if (self->websocket_)
                   {
                       self->websocket_->drain();
                   }
               });
}

void session::conclude()
{
    asio::post(connection_.get_executor(), [self = shared_from_this()] { self->answer_.hurry(); });
}

void session::abort()
{
    asio::post(connection_.get_executor(),
               [self = shared_from_this()]
               {
                   self->aborted_ = true;
                   self->connection_.close();
                   self->answer_.stop();
               });
}

/// Hands are shaken in the time of a header; a client that speaks plain HTTP is told so.
task<session::next> session::shake_hands()
{
    deadline_.set(clock::now() + around_.bounds.header_time);
    shaking_hands_ = true;
    const auto [error] = co_await connection_.shake_hands();
    shaking_hands_ = false;
    if (!error)
    {
        co_return next::request;
    }
    if (!is_plain_http(error))
    {
        co_return next::close;
    }
    connection_.drop_tls();
    co_return co_await refuse({400, "this port speaks TLS; an https:// address was expected"});
}

/// Serves requests in order until the connection is to end. One coroutine for all that a usual
/// request needs, for each further one would cost it some 300 instructions.
task<session::next> session::serve_requests()
{
    using progress = session_input::progress;
    for (auto then = next::request; !aborted_;)
    {
        auto head = input_.begin_head();
        while (head.has_value() && *head == progress::more)
        {
            const auto [error, count] = co_await input_.receive_head();
            head = input_.go_on_with_head(error ? 0 : count);
        }
        if (head.has_error())
        {
            co_return co_await refuse(head.error());
        }
        if (*head == progress::over)
        {
            co_return next::close;
        }
        input_.current().peer = peer_;
        if (auto early = screen())
        {
            then = co_await refuse_early(std::move(*early));
            if (then != next::request)
            {
                co_return then;
            }
            input_.shrink();
            continue;
        }
        if (input_.framed().has_body())
        {
            auto body = input_.begin_body();
            if (body.has_value() && *body == progress::more)
            {
                body = co_await input_.await_body();
            }
            if (body.has_error())
            {
                co_return co_await refuse(body.error());
            }
            if (*body == progress::over)
            {
                co_return next::close;
            }
        }

        const auto& framed = input_.framed();
        answer_frame frame{.version = framed.version,
                           .keep_alive = framed.keep_alive,
                           .head_only = input_.current().head_only,
                           .gzip = accepts_gzip(input_.current().headers),
                           .compress_from = around_.bounds.compress_from};
        auto answer = hand_over();
        while (!answer && !aborted_)
        {
            co_await answer_.come();
            answer = answer_.take();
        }
        if (aborted_)
        {
            break;
        }
        if (auto* whole = std::get_if<response>(&*answer); whole != nullptr && whole->upgrade)
        {
            co_await converse(std::move(*whole));
            co_return next::close;
        }
        frame.keep_alive = frame.keep_alive && !around_.is_last();
        output_.take(*std::move(answer), frame);
        // Who sends the next request before this answer lets others have their turn.
        const auto sent = input_.has_more() ? 0 : output_.write_now();
        if (sent < output_.size())
        {
            const auto [error, rest] = co_await output_.write(sent);
            if (error)
            {
                co_return next::close;
            }
        }
        output_.let_go();
        if (!frame.keep_alive)
        {
            co_return next::linger;
        }
        input_.shrink();
    }
    co_return next::close;
}

/// Hands the connection over to a WebSocket, until that ends.
task<void> session::converse(response answer)
{
    websocket_ =
        std::make_shared<websocket_session>(connection_, around_.bounds, std::move(answer.upgrade));
    if (around_.draining)
    {
        websocket_->drain();
    }
    deadline_.set(session_deadline::never); // it has deadlines of its own
    const std::string early = input_.take_rest();
    co_await websocket_->run(early);
}

/// Decides on the header alone.
std::optional<response> session::screen()
{
    auto& head = input_.current();
    try
    {
        if (!head.is_repeated)
        {
            head.is_foreign = around_.rules.objection(head.headers).has_value();
        }
        if (head.is_foreign)
        {
            if (auto objection =
                    around_.rules.objection(head.headers, around_.routes.audience_of(head)))
            {
                return response::problem(403, {}, *objection);
            }
        }
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

/// Hands the request over; returns the answer if it is there at once.
std::optional<any_answer> session::hand_over()
{
    deadline_.set(session_deadline::never); // the handler may take as long as it likes
    {
        const auto answer = answer_.begin();
        try
        {
            around_.routes.handle(input_.current(), answer);
        }
        catch (const std::exception& thrown)
        {
            answer(failed(thrown));
        }
    }
    input_.let_go();
    return answer_.take();
}

/// Answers a request whose body is not read.
task<session::next> session::refuse_early(response answer)
{
    const auto& framed = input_.framed();
    // After `Expect` it is unknown whether the body comes.
    const bool skippable =
        !framed.has_body() ||
        (framed.content_length && *framed.content_length <= short_body && !framed.expects_continue);
    const answer_frame frame{.version = framed.version,
                             .keep_alive = framed.keep_alive && skippable && !around_.is_last(),
                             .head_only = input_.current().head_only};
    input_.let_go();
    output_.take(std::move(answer), frame);
    const auto [error, sent] = co_await output_.write(0);
    output_.let_go();
    if (error)
    {
        co_return next::close;
    }
    if (!frame.keep_alive)
    {
        co_return next::linger;
    }
    const bool skipped = co_await input_.discard(framed.content_length.value_or(0));
    co_return skipped ? next::request : next::close;
}

/// Answers what cannot be read any further; nothing behind it on the connection is looked at.
task<session::next> session::refuse(refusal why)
{
    const answer_frame frame{.version = 11, .keep_alive = false};
    auto answer = why.status() == 503 ? response::unavailable(why.why(), 1)
                                      : response::problem(why.status(), {}, why.why());
    input_.let_go();
    output_.take(std::move(answer), frame);
    const auto [error, sent] = co_await output_.write(0);
    output_.let_go();
    // Someone too slow has had all the time there is.
    co_return !error && why.status() != 408 ? next::linger : next::close;
}

/// Closes its own side and reads for a while what the peer still sends: closing at once would
/// reset the connection and take the answer away from a peer that has not read it yet.
task<void> session::linger()
{
    if (connection_.is_secure())
    {
        deadline_.set(clock::now() + around_.bounds.discard_time);
        co_await connection_.say_goodbye();
        connection_.drop_tls(); // what still comes is not worth decrypting
    }
    connection_.end_writing();
    co_await input_.linger();
}

} // namespace penstock::host::http
