// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>
#include <system_error>

#include <linux/sock_diag.h>

#include <unistd.h>

namespace syslog_package
{
namespace
{

void set(int socket, int level, int option, int value)
{
    ::setsockopt(socket, level, option, &value, sizeof value);
}

bool is_nothing_yet(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

} // namespace

socket_handle::~socket_handle()
{
    if (number_ >= 0)
        ::close(number_);
}

socket_handle listen_at(const listen_address& where, std::size_t buffer)
{
    const auto refuse = [&]
    { throw std::system_error(errno, std::generic_category(), where.text); };
    const int kind = where.kind == transport::udp ? SOCK_DGRAM : SOCK_STREAM;
    socket_handle made(::socket(where.address.ss_family, kind | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const int socket = made.number();
    if (socket < 0)
        refuse();
    if (where.address.ss_family == AF_INET6)
        set(socket, IPPROTO_IPV6, IPV6_V6ONLY, 1);
    if (kind == SOCK_DGRAM)
    {
        const auto bytes =
            static_cast<int>(std::min<std::size_t>(buffer, std::numeric_limits<int>::max() / 2));
        set(socket, SOL_SOCKET, SO_RCVBUF, bytes);
        set(socket, SOL_SOCKET, SO_RCVBUFFORCE, bytes); // past net.core.rmem_max, for those who may
    }
    else
        set(socket, SOL_SOCKET, SO_REUSEADDR, 1);
    if (::bind(socket, reinterpret_cast<const sockaddr*>(&where.address), where.size) != 0 ||
        (kind == SOCK_STREAM && ::listen(socket, SOMAXCONN) != 0))
        refuse();
    return made;
}

std::optional<accepted> accept_at(const socket_handle& listener)
{
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    socket_handle made(::accept4(listener.number(), reinterpret_cast<sockaddr*>(&peer), &size,
                                 SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (made.number() < 0)
        return std::nullopt;
    set(made.number(), SOL_SOCKET, SO_KEEPALIVE, 1);
    return accepted{std::move(made), text_of(peer)};
}

std::optional<datagram> receive_at(const socket_handle& socket, std::span<char> into)
{
    sockaddr_storage peer{};
    iovec part{into.data(), into.size()};
    msghdr header{};
    header.msg_name = &peer;
    header.msg_namelen = sizeof peer;
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    const ssize_t size = ::recvmsg(socket.number(), &header, 0);
    if (size < 0)
        return std::nullopt;
    return datagram{static_cast<std::size_t>(size), (header.msg_flags & MSG_TRUNC) != 0,
                    text_of(peer)};
}

std::uint32_t lost_at(const socket_handle& socket)
{
    std::array<std::uint32_t, SK_MEMINFO_VARS> told{};
    socklen_t size = sizeof told;
    if (::getsockopt(socket.number(), SOL_SOCKET, SO_MEMINFO, told.data(), &size) != 0)
        throw std::system_error(errno, std::generic_category(), "SO_MEMINFO");
    return told[SK_MEMINFO_DROPS];
}

std::optional<std::size_t> read_at(const socket_handle& socket, std::span<char> into)
{
    const ssize_t size = ::recv(socket.number(), into.data(), into.size(), 0);
    if (size >= 0)
        return static_cast<std::size_t>(size);
    if (is_nothing_yet(errno))
        return std::nullopt;
    throw std::system_error(errno, std::generic_category(), "recv");
}

void end_sending(const socket_handle& socket)
{
    ::shutdown(socket.number(), SHUT_WR); // if it fails, there is no other end any more
}

} // namespace syslog_package
