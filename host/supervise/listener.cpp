// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/listener.hpp"

#include <cerrno>
#include <system_error>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace penstock::host::supervise
{

namespace
{

void check(int result)
{
    if (result < 0)
        throw std::system_error(errno, std::generic_category());
}

descriptor listen_at(int family, const sockaddr* where, socklen_t size)
{
    descriptor socket(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    check(socket.number());
    const int yes = 1;
    check(::setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes));
    check(::bind(socket.number(), where, size));
    check(::listen(socket.number(), SOMAXCONN));
    return socket;
}

} // namespace

descriptor listen_on(const std::string& address, std::uint16_t port)
{
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    if (::inet_pton(AF_INET6, address.c_str(), &v6.sin6_addr) == 1)
        return listen_at(AF_INET6, reinterpret_cast<const sockaddr*>(&v6), sizeof v6);
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    if (::inet_pton(AF_INET, address.c_str(), &v4.sin_addr) != 1)
        throw std::system_error(EADDRNOTAVAIL, std::generic_category());
    return listen_at(AF_INET, reinterpret_cast<const sockaddr*>(&v4), sizeof v4);
}

} // namespace penstock::host::supervise
