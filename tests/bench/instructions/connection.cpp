// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "connection.hpp"

#include <cerrno>
#include <cstdlib>
#include <stdexcept>
#include <system_error>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace penstock::bench
{

namespace
{

[[noreturn]] void fail(const char* what)
{
    throw std::system_error(errno, std::generic_category(), what);
}

// The length of a whole answer at the begin of what was received; 0 while some of it is missing.
std::size_t length_of_answer(std::string_view received)
{
    constexpr std::string_view name = "Content-Length: ";
    const std::size_t end = received.find("\r\n\r\n");
    if (end == std::string_view::npos)
        return 0;
    const std::size_t field = received.find(name);
    if (field > end)
        throw std::runtime_error("an answer without a length");
    const std::size_t length =
        end + 4 + std::strtoul(received.data() + field + name.size(), nullptr, 10);
    return received.size() < length ? 0 : length;
}

} // namespace

connection::connection(std::uint16_t port)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int yes = 1;
    if (::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes) != 0 ||
        ::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
        fail("connect");
}

connection::~connection()
{
    ::close(socket_);
}

void connection::send(std::string_view ack, std::string_view type, std::string_view body)
{
    std::string request = "POST /data?ack=";
    request.append(ack)
        .append(" HTTP/1.1\r\nHost: localhost\r\nContent-Type: ")
        .append(type)
        .append("\r\nContent-Length: ");
    request.append(std::to_string(body.size())).append("\r\n\r\n").append(body);
    for (std::size_t sent = 0; sent < request.size();)
    {
        const ssize_t some = ::send(socket_, request.data() + sent, request.size() - sent, 0);
        if (some < 0)
            fail("send");
        sent += static_cast<std::size_t>(some);
    }
}

void connection::receive(std::string_view status)
{
    constexpr std::string_view version = "HTTP/1.1 ";
    std::size_t length = 0;
    while ((length = length_of_answer(received_)) == 0)
    {
        char part[16384];
        const ssize_t some = ::recv(socket_, part, sizeof part, 0);
        if (some <= 0)
            fail("recv");
        received_.append(part, static_cast<std::size_t>(some));
    }
    if (received_.compare(version.size(), status.size(), status) != 0)
        throw std::runtime_error(received_.substr(0, length) + ": " + std::string(status) +
                                 " was expected");
    received_.erase(0, length);
}

} // namespace penstock::bench
