// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "reach.hpp"

#include <cerrno>
#include <memory>
#include <system_error>

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mqtt_package
{
namespace
{

// 0: it was reached; else the number of an error.
int reach(const addrinfo& to, std::chrono::milliseconds time)
{
    const int socket =
        ::socket(to.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, to.ai_protocol);
    if (socket < 0)
        return errno;
    int error = ::connect(socket, to.ai_addr, to.ai_addrlen) == 0 ? 0 : errno;
    if (error == EINPROGRESS)
    {
        pollfd waiting{socket, POLLOUT, 0};
        socklen_t size = sizeof error;
        if (::poll(&waiting, 1, static_cast<int>(time.count())) == 0)
            error = ETIMEDOUT;
        else if (::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) != 0)
            error = errno;
    }
    ::close(socket);
    return error;
}

} // namespace

std::string problem_of_reaching(const brokers::address& to, std::chrono::milliseconds time)
{
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int unknown =
        ::getaddrinfo(to.host.c_str(), std::to_string(to.port).c_str(), &hints, &found);
    if (unknown != 0)
        return ::gai_strerror(unknown);
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> end(found, ::freeaddrinfo);
    int error = 0;
    for (const addrinfo* each = found; each != nullptr; each = each->ai_next)
    {
        error = reach(*each, time);
        if (error == 0)
            return {};
    }
    return std::generic_category().message(error);
}

} // namespace mqtt_package
