// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace penstock::host::http::testing
{

/// A port of 127.0.0.1 that is bound, and not listened at: a server that reuses addresses may listen
/// there, again and again, and nobody is given the port as a free one.
class reserved_port
{
public:
    /// Throws if there is none.
    reserved_port() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        const int yes = 1;
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::setsockopt(socket_, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
            ::bind(socket_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
            ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            throw std::runtime_error("there is no port on 127.0.0.1");
        number_ = ntohs(address.sin_port);
    }

    reserved_port(reserved_port&& other) noexcept
        : socket_(std::exchange(other.socket_, -1)), number_(other.number_)
    {
    }

    ~reserved_port()
    {
        if (socket_ >= 0)
            ::close(socket_);
    }

    [[nodiscard]] std::uint16_t number() const noexcept { return number_; }

private:
    int socket_;
    std::uint16_t number_ = 0;
};

} // namespace penstock::host::http::testing
