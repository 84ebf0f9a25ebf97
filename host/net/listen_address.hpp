// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host::http
{

/// Where a server listens: a numeric address and a port; port 0 lets the system choose.
struct listen_address
{
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;
};

/// Parses `127.0.0.1:8080`, `[::1]:8080` or `localhost:8080`.
std::optional<listen_address> parse_listen_address(std::string_view text);

} // namespace penstock::host::http
