// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

struct sockaddr;

namespace curl
{

/// Tells whether an address is one of the public internet: none of this host, of a private network,
/// of a link, of a group, nor one that stands for such an address (RFC 6890 and the registries of
/// special-purpose addresses of IANA). What is neither IPv4 nor IPv6 is not. [any thread]
[[nodiscard]] bool is_public(const sockaddr& address);

/// Writes an address without its port; empty if it is neither IPv4 nor IPv6. [any thread]
[[nodiscard]] std::string text_of(const sockaddr& address);

} // namespace curl
