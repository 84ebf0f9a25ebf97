// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "listen_address.hpp"

#include <stdexcept>
#include <string>
#include <string_view>

#include <sys/socket.h>
#include <unistd.h>

namespace syslog_test
{

/// A client's socket that is connected with an address, `tcp://127.0.0.1:PORT`.
class sender
{
public:
    /// Throws if nobody listens.
    explicit sender(const std::string& to)
    {
        const syslog_package::listen_address where = syslog_package::read_listen_address(to);
        const bool is_udp = where.kind == syslog_package::transport::udp;
        number_ = ::socket(AF_INET, (is_udp ? SOCK_DGRAM : SOCK_STREAM) | SOCK_CLOEXEC, 0);
        if (::connect(number_, reinterpret_cast<const sockaddr*>(&where.address), where.size) != 0)
        {
            ::close(number_);
            throw std::runtime_error(to + ": nobody listens");
        }
    }
    sender(const sender&) = delete;
    sender& operator=(const sender&) = delete;
    ~sender() { close(); }

    void send(std::string_view bytes) const
    {
        if (::send(number_, bytes.data(), bytes.size(), MSG_NOSIGNAL) !=
            static_cast<ssize_t>(bytes.size()))
            throw std::runtime_error("the connection is closed");
    }

    void close()
    {
        if (number_ >= 0)
            ::close(number_);
        number_ = -1;
    }

    [[nodiscard]] int number() const { return number_; }

private:
    int number_ = -1;
};

} // namespace syslog_test
