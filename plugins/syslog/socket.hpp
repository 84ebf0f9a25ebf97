// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "listen_address.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace syslog_package
{

/// A socket that is closed with its object. It does not block.
class socket_handle
{
public:
    explicit socket_handle(int number = -1) noexcept : number_(number) {}
    socket_handle(socket_handle&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    socket_handle& operator=(socket_handle&& other) noexcept
    {
        std::swap(number_, other.number_);
        return *this;
    }
    ~socket_handle();

    [[nodiscard]] int number() const noexcept { return number_; }

private:
    int number_;
};

/// Opens a socket that listens. `buffer` is how much of UDP the kernel is asked to keep, in bytes.
/// [any thread] Throws std::system_error with the address.
[[nodiscard]] socket_handle listen_at(const listen_address& where, std::size_t buffer);

/// A client's connection that was accepted.
struct accepted
{
    socket_handle socket;
    std::string peer;
};

/// Accepts a connection; nothing, if there is none. [any thread]
[[nodiscard]] std::optional<accepted> accept_at(const socket_handle& listener);

/// What came as a datagram.
struct datagram
{
    std::size_t size = 0; ///< of the part that is kept
    bool is_cut = false;
    std::string peer;
};

/// Receives a datagram; nothing, if there is none. [any thread]
[[nodiscard]] std::optional<datagram> receive_at(const socket_handle& socket, std::span<char> into);

/// Returns how many datagrams the kernel has thrown away since the socket was opened; behind 2^32 it
/// begins at 0 again. [any thread] Throws std::system_error.
[[nodiscard]] std::uint32_t lost_at(const socket_handle& socket);

/// Reads some bytes of a connection, 0 at its end; nothing, until there are more. [any thread]
/// Throws std::system_error when it was cut.
[[nodiscard]] std::optional<std::size_t> read_at(const socket_handle& socket, std::span<char> into);

/// Tells the other end of a connection that nothing more comes from here; it may go on sending. [any
/// thread]
void end_sending(const socket_handle& socket);

} // namespace syslog_package
