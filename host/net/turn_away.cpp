// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "turn_away.hpp"

#include "host/net/answer/answer.hpp"
#include "message.hpp"

#include <boost/asio/buffer.hpp>

namespace penstock::host::http
{

namespace asio = boost::asio;
using boost::system::error_code;

void turn_away(tcp_socket& socket)
{
    auto answer = response::unavailable("too many connections; try again later", 1);
    const auto head = prepare_answer(answer, {.keep_alive = false});
    const auto text = head + answer.body;
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(text), ignored);
    socket.shutdown(tcp_socket::shutdown_send, ignored);
}

void shed(tcp_acceptor& acceptor, spare_descriptor& spare, bool is_plain)
{
    constexpr int most = 64;
    const spare_descriptor::loan lent{spare};
    error_code error;
    acceptor.non_blocking(true, error);
    for (int closed = 0; !error && closed < most; ++closed)
    {
        tcp_socket socket{acceptor.get_executor()};
        acceptor.accept(socket, error);
        if (!error && is_plain)
        {
            turn_away(socket);
        }
    }
}

} // namespace penstock::host::http
