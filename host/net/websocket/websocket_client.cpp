// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "websocket_client.hpp"

#include "host/net/as_value.hpp"
#include "host/net/limits.hpp"
#include "host/net/tls/tls_trust.hpp"
#include "websocket_stream.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <tuple>
#include <utility>

namespace penstock::host::http
{

namespace
{

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::size_t longest_message = 64 * limits::mib;

refusal unreachable(const error_code& error)
{
    return {0, "cannot be reached: " + error.message()};
}

std::string authority_of(const url& host)
{
    const bool bracketed = host.host.find(':') != std::string::npos;
    return (bracketed ? '[' + host.host + ']' : host.host) + ':' + std::to_string(host.port);
}

} // namespace

class websocket_client::connection
{
public:
    connection(const url& to, const client_identity& who) : to_{to}, who_{who}
    {
        trust_ = trust_for(to_, who_);
        if (trust_)
        {
            secure_ = std::make_unique<secure_stream>(socket_, *trust_);
            expect_host(*secure_, to_);
        }
    }

    std::optional<refusal> open(std::string_view target, std::chrono::milliseconds patience)
    {
        error_code error;
        const auto found = resolver_.resolve(to_.host, std::to_string(to_.port), error);
        if (error)
            return unreachable(error);
        stream_ = websocket_stream::over(socket_, secure_.get(),
                                         {.message = longest_message, .polite = patience});
        error = asio::error::timed_out;
        asio::co_spawn(context_, greet(found, to_.prefix + std::string(target)),
                       [&](const std::exception_ptr& thrown, error_code outcome)
                       { error = thrown ? error_code(asio::error::no_memory) : outcome; });
        context_.run_for(patience);
        if (!context_.stopped()) // what is under way refers to this object
        {
            error_code ignored;
            socket_.close(ignored);
            context_.run();
            error = asio::error::timed_out;
        }
        if (!error)
            return std::nullopt;
        const unsigned status = stream_->status();
        if (status == 0)
            return unreachable(error);
        if (status == 101)
            return refusal{status, "what answers is no WebSocket"};
        return refusal{status, "the host answered " + std::to_string(status)};
    }

    bool write(std::string_view text) { return run(stream_->write(text)); }

    /// The next text message; nothing at the end.
    std::optional<std::string> read()
    {
        while (run(stream_->read()))
            if (stream_->is_text())
                return std::string(stream_->message());
        return std::nullopt;
    }

private:
    using secure_stream = asio::ssl::stream<tcp_socket&>;

    task<error_code> greet(asio::ip::tcp::resolver::results_type found, std::string target)
    {
        const auto [unreached, where] = co_await asio::async_connect(socket_, found, as_value);
        if (unreached)
            co_return unreached;
        if (secure_)
        {
            const auto [untrue] =
                co_await secure_->async_handshake(asio::ssl::stream_base::client, as_value);
            if (untrue)
                co_return untrue;
        }
        const auto [refused] = co_await stream_->ask(authority_of(to_), target, who_.token);
        co_return refused;
    }

    /// Waits for the end of an operation; returns whether it succeeded.
    template <class Outcome>
    bool run(task<Outcome> operation)
    {
        std::optional<bool> succeeded;
        asio::co_spawn(context_, std::move(operation),
                       [&](const std::exception_ptr& thrown, const Outcome& outcome)
                       { succeeded = !thrown && !std::get<error_code>(outcome); });
        context_.restart();
        while (!succeeded)
            context_.run_one();
        return *succeeded;
    }

    const url to_;
    const client_identity who_;
    asio::io_context context_{1};
    asio::ip::tcp::resolver resolver_{context_};
    tcp_socket socket_{context_};
    std::shared_ptr<asio::ssl::context> trust_; // null: plain HTTP
    std::unique_ptr<secure_stream> secure_;     // over the socket
    std::unique_ptr<websocket_stream> stream_;  // over either
};

checked<websocket_client> websocket_client::open(const url& host, std::string_view target,
                                                 std::chrono::milliseconds patience,
                                                 const client_identity& who)
{
    auto made = std::make_unique<connection>(host, who);
    if (auto refused = made->open(target, patience))
        return *std::move(refused);
    return websocket_client(std::move(made));
}

websocket_client::websocket_client(std::unique_ptr<connection> opened)
    : connection_(std::move(opened))
{
}

websocket_client::websocket_client(websocket_client&&) noexcept = default;
websocket_client& websocket_client::operator=(websocket_client&&) noexcept = default;
websocket_client::~websocket_client() = default;

bool websocket_client::send(std::string_view text)
{
    return connection_->write(text);
}

std::optional<std::string> websocket_client::receive()
{
    return connection_->read();
}

} // namespace penstock::host::http
