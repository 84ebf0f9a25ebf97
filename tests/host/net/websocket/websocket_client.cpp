// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "websocket_client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <atomic>
#include <stdexcept>

namespace penstock::host::http::testing
{

namespace
{

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;

constexpr auto longest_answer = std::chrono::seconds(20);

} // namespace

class websocket_client::connection
{
public:
    // Runs one operation to its end.
    template <class Start>
    error_code run(Start start)
    {
        std::optional<error_code> outcome;
        start([&](error_code error, auto&&...) { outcome = error; });
        context.restart();
        context.run_for(longest_answer);
        if (!outcome)
            throw std::runtime_error("nothing came over the WebSocket in time");
        return *outcome;
    }

    static void must(error_code error, const char* what)
    {
        if (error)
            throw std::runtime_error(std::string(what) + ": " + error.message());
    }

    asio::io_context context{1};
    beast::websocket::stream<asio::ip::tcp::socket> stream{context};
    beast::flat_buffer buffer;
    std::size_t pongs = 0;
    std::atomic<std::size_t> pings = 0;
};

websocket_client::websocket_client(std::uint16_t port, std::string_view target,
                                   std::string_view origin)
    : connection_(std::make_unique<connection>())
{
    auto& stream = connection_->stream;
    stream.next_layer().connect({asio::ip::address_v4::loopback(), port});
    stream.set_option(beast::websocket::stream_base::decorator(
        [&](beast::websocket::request_type& request)
        {
            if (!origin.empty())
                request.set(beast::http::field::origin, {origin.data(), origin.size()});
        }));
    stream.control_callback(
        [this](beast::websocket::frame_type kind, beast::string_view)
        {
            connection_->pings += kind == beast::websocket::frame_type::ping;
            connection_->pongs += kind == beast::websocket::frame_type::pong;
        });
    connection::must(connection_->run(
                         [&](auto done)
                         {
                             stream.async_handshake("127.0.0.1:" + std::to_string(port),
                                                    {target.data(), target.size()}, done);
                         }),
                     "handshake");
}

websocket_client::~websocket_client() = default;

void websocket_client::send(std::string_view text)
{
    connection_->stream.text(true);
    connection_->stream.write(asio::buffer(text));
}

void websocket_client::send_binary(std::string_view bytes)
{
    connection_->stream.binary(true);
    connection_->stream.write(asio::buffer(bytes));
}

void websocket_client::send_in_pieces(std::string_view text)
{
    connection_->stream.text(true);
    for (std::size_t at = 0; at < text.size(); at += 2)
        connection_->stream.write_some(at + 2 >= text.size(), asio::buffer(text.substr(at, 2)));
}

void websocket_client::ping()
{
    connection_->stream.ping("there?");
}

std::optional<std::string> websocket_client::receive()
{
    const error_code error = connection_->run(
        [&](auto done) { connection_->stream.async_read(connection_->buffer, done); });
    if (error)
        return std::nullopt;
    std::string text = beast::buffers_to_string(connection_->buffer.data());
    connection_->buffer.clear();
    return text;
}

json::value websocket_client::wait_for(const std::function<bool(const json::object&)>& fits)
{
    const auto deadline = std::chrono::steady_clock::now() + longest_answer;
    while (std::chrono::steady_clock::now() < deadline)
    {
        const auto text = receive();
        if (!text)
            throw std::runtime_error("the other side ended the connection");
        json::value message = parse_json(*text);
        if (fits(message.as_object()))
            return message;
    }
    throw std::runtime_error("no such message came over the WebSocket in time");
}

json::value websocket_client::wait_for(std::string_view type)
{
    return wait_for([&](const json::object& message)
                    { return message.at("type").as_string() == type; });
}

unsigned websocket_client::closed_with() const
{
    return connection_->stream.reason().code;
}

void websocket_client::close()
{
    connection::must(
        connection_->run(
            [&](auto done)
            { connection_->stream.async_close(beast::websocket::close_code::normal, done); }),
        "close");
}

std::size_t websocket_client::pings() const
{
    return connection_->pings;
}

std::size_t websocket_client::pongs() const
{
    return connection_->pongs;
}

} // namespace penstock::host::http::testing
