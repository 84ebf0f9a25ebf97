// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "websocket_client.hpp"

#include "host/net/limits.hpp"
#include "host/net/message.hpp"
#include "host/net/tls_trust.hpp"
#include "websocket_frame.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <charconv>
#include <cstdint>
#include <random>
#include <utility>

namespace penstock::host::http
{

namespace
{

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::size_t longest_head = 16 * limits::kib;
constexpr std::size_t longest_message = 64 * limits::mib;

// Any 16 bytes do: the key only shows that whoever answers knows the protocol.
constexpr std::string_view key = "cGVuc3RvY2sgY2xpZW50cw==";

refusal unreachable(const error_code& error)
{
    return {0, "cannot be reached: " + error.message()};
}

std::string request_head(const url& host, std::string_view target, const std::string& token)
{
    const std::string as = token.empty() ? std::string() : "\r\nAuthorization: Bearer " + token;
    const bool bracketed = host.host.find(':') != std::string::npos;
    return "GET " + host.prefix + std::string(target) +
           " HTTP/1.1\r\nHost: " + (bracketed ? '[' + host.host + ']' : host.host) + ':' +
           std::to_string(host.port) +
           "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Key: " +
           std::string(key) + as + "\r\n\r\n";
}

// Nothing, if it is the answer of a WebSocket to our key.
std::optional<refusal> objection(std::string_view head)
{
    unsigned status = 0;
    const auto code = head.substr(head.find(' ') + 1);
    std::from_chars(code.data(), code.data() + code.size(), status);
    if (status != 101)
        return refusal{status, "the host answered " + std::to_string(status)};
    if (head.find(websocket_accept(key)) == std::string_view::npos)
        return refusal{status, "what answers is no WebSocket"};
    return std::nullopt;
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
        error_code error = asio::error::timed_out;
        const auto found = resolver_.resolve(to_.host, std::to_string(to_.port), error);
        if (error)
            return unreachable(error);
        asked_ = request_head(to_, target, who_.token);
        outcome_ = asio::error::timed_out;
        asio::async_connect(socket_, found,
                            [this](error_code failed, const auto&)
                            {
                                if (failed)
                                    outcome_ = failed;
                                else
                                    shake_hands();
                            });
        context_.run_for(patience);
        if (!context_.stopped()) // what is under way refers to this object
        {
            error_code ignored;
            socket_.close(ignored);
            context_.run();
            outcome_ = asio::error::timed_out;
        }
        if (outcome_)
            return unreachable(outcome_);
        const std::size_t end = answer_.find("\r\n\r\n") + 4;
        reader_.feed(std::string_view(answer_).substr(end));
        return objection(std::string_view(answer_).substr(0, end));
    }

    bool write(frame_kind kind, std::string_view payload)
    {
        const std::uint32_t random = random_();
        const frame_mask mask{
            static_cast<unsigned char>(random), static_cast<unsigned char>(random >> 8),
            static_cast<unsigned char>(random >> 16), static_cast<unsigned char>(random >> 24)};
        const std::string frame = write_frame(kind, payload, mask);
        error_code error;
        over([&](auto& stream) { asio::write(stream, asio::buffer(frame), error); });
        return !error;
    }

    // The next message of any kind; nothing at the end.
    std::optional<websocket_message> read()
    {
        for (;;)
        {
            auto next = reader_.next();
            if (next.has_error())
                return std::nullopt;
            if (*next)
                return *std::move(next);
            error_code error;
            std::size_t count = 0;
            over([&](auto& stream) { count = stream.read_some(asio::buffer(block_), error); });
            if (error)
                return std::nullopt;
            reader_.feed({block_.data(), count});
        }
    }

private:
    using secure_stream = asio::ssl::stream<asio::ip::tcp::socket&>;

    template <class Use>
    void over(Use use)
    {
        if (secure_)
            use(*secure_);
        else
            use(socket_);
    }

    void shake_hands()
    {
        if (!secure_)
            return ask();
        secure_->async_handshake(asio::ssl::stream_base::client,
                                 [this](error_code failed)
                                 {
                                     if (failed)
                                         outcome_ = failed;
                                     else
                                         ask();
                                 });
    }

    void ask()
    {
        over(
            [this](auto& stream)
            {
                asio::async_write(stream, asio::buffer(asked_), [](error_code, std::size_t) {});
                asio::async_read_until(
                    stream, asio::dynamic_buffer(answer_, longest_head), "\r\n\r\n",
                    [this](error_code failed, std::size_t) { outcome_ = failed; });
            });
    }

    const url to_;
    const client_identity who_;
    asio::io_context context_{1};
    asio::ip::tcp::resolver resolver_{context_};
    asio::ip::tcp::socket socket_{context_};
    std::shared_ptr<asio::ssl::context> trust_; // null: plain HTTP
    std::unique_ptr<secure_stream> secure_;     // over the socket
    std::string asked_;
    std::string answer_;
    error_code outcome_;
    websocket_reader reader_{frames_of::server, longest_message};
    std::random_device random_;
    std::array<char, 16384> block_{};
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
    return connection_->write(frame_kind::text, text);
}

std::optional<std::string> websocket_client::receive()
{
    while (auto message = connection_->read())
    {
        switch (message->kind)
        {
        case frame_kind::text: return std::move(message->payload);
        case frame_kind::ping: connection_->write(frame_kind::pong, message->payload); break;
        case frame_kind::close:
            connection_->write(frame_kind::close, message->payload);
            return std::nullopt;
        default: break;
        }
    }
    return std::nullopt;
}

} // namespace penstock::host::http
