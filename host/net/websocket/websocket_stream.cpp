// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "websocket_stream.hpp"

#include "host/net/as_value.hpp"
#include "websocket_transport.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

namespace penstock::host::http
{

namespace
{

namespace asio = boost::asio;
namespace beast = boost::beast;

class beast_stream final : public websocket_stream
{
public:
    beast_stream(socket& plain, secure_socket* secure, const bounds& within)
        : stream_{plain, secure}
    {
        auto times = beast::websocket::stream_base::timeout{
            within.polite, beast::websocket::stream_base::none(), false};
        if (within.idle > within.idle.zero())
        {
            times.idle_timeout = within.idle;
            times.keep_alive_pings = true;
        }
        stream_.set_option(times);
        stream_.read_message_max(within.message);
        stream_.auto_fragment(false);
        stream_.text(true);
    }

    // Beast reads the request again; what there was beside has been looked at.
    outcome<> accept(const websocket_upgrade& asked, std::string_view early) override
    {
        request_ =
            "GET / HTTP/1.1\r\nHost: penstock\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " +
            asked.key + "\r\n\r\n";
        request_.append(early);
        stream_.set_option(beast::websocket::stream_base::decorator(
            [protocol = asked.protocol](beast::websocket::response_type& answer)
            {
                answer.set(beast::http::field::server, "penstock"); // else it is Beast's
                if (!protocol.empty())
                    answer.set(beast::http::field::sec_websocket_protocol, protocol);
            }));
        return stream_.async_accept(asio::buffer(request_), as_value);
    }

    outcome<> ask(const std::string& host, const std::string& target,
                  const std::string& token) override
    {
        if (!token.empty())
            stream_.set_option(beast::websocket::stream_base::decorator(
                [token](beast::websocket::request_type& asked)
                { asked.set(beast::http::field::authorization, "Bearer " + token); }));
        answer_.result(0U);
        return stream_.async_handshake(answer_, host, target, as_value);
    }

    unsigned status() const override { return answer_.result_int(); }

    outcome<std::size_t> read() override
    {
        received_.clear();
        return stream_.async_read(received_, as_value);
    }

    std::string_view message() const override
    {
        const asio::const_buffer whole = received_.cdata();
        return {static_cast<const char*>(whole.data()), whole.size()};
    }

    bool is_text() const override { return stream_.got_text(); }

    outcome<std::size_t> write(std::string_view text) override
    {
        return stream_.async_write(asio::buffer(text), as_value);
    }

    outcome<> close(close_code code, std::string_view why) override
    {
        beast::websocket::close_reason said{static_cast<beast::websocket::close_code>(code)};
        why = why.substr(0, said.reason.max_size());
        said.reason.assign(why.data(), why.size());
        return stream_.async_close(said, as_value);
    }

private:
    beast::websocket::stream<websocket_transport, false> stream_;
    beast::flat_buffer received_;
    std::string request_;
    beast::websocket::response_type answer_;
};

} // namespace

std::unique_ptr<websocket_stream> websocket_stream::over(socket& plain, secure_socket* secure,
                                                         const bounds& within)
{
    return std::make_unique<beast_stream>(plain, secure, within);
}

} // namespace penstock::host::http
