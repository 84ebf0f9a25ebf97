// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

#include <netinet/in.h>
#include <sys/socket.h>

namespace syslog_package
{

/// How messages come.
enum class transport
{
    udp,
    tcp,
    tls
};

/// Returns `udp`, `tcp` or `tls`. [any thread]
[[nodiscard]] const char* name_of(transport kind);

/// An address to listen at.
struct listen_address
{
    transport kind = transport::udp;
    sockaddr_storage address{};
    socklen_t size = 0;
    std::string text; ///< as it was given
};

/// Reads `udp://192.0.2.1:514`, `tcp://[::1]:601` or `tls://0.0.0.0:6514`. [any thread] Throws
/// std::invalid_argument that says what is wrong.
[[nodiscard]] listen_address read_listen_address(std::string_view text);

/// Writes the address of a peer, without its port. [any thread]
[[nodiscard]] std::string text_of(const sockaddr_storage& address);

} // namespace syslog_package
