// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "url.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace penstock::host::http
{

/// Another host of the same service: the number that its ids carry, and where it takes requests.
struct peer_address
{
    std::uint64_t number = 0;
    url at;
};

/// Parses `2=https://host2:8080`; nothing if it is no such text. Numbers begin at 1.
std::optional<peer_address> parse_peer_address(std::string_view text);

} // namespace penstock::host::http
