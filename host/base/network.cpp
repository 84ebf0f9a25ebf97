// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/network.hpp"

#include <algorithm>
#include <cstdint>

#include <arpa/inet.h>

namespace penstock::host
{

std::string network_of(const std::string& address)
{
    constexpr std::string::size_type mapped = 12; // bytes before the IPv4 address
    in6_addr bytes{};
    // The scope of a link-local address is not part of it.
    if (::inet_pton(AF_INET6, address.substr(0, address.find('%')).c_str(), &bytes) != 1)
        return address;
    char text[INET6_ADDRSTRLEN];
    if (IN6_IS_ADDR_V4MAPPED(&bytes))
        return ::inet_ntop(AF_INET, bytes.s6_addr + mapped, text, sizeof text);
    std::fill(bytes.s6_addr + 8, bytes.s6_addr + 16, std::uint8_t{0});
    return ::inet_ntop(AF_INET6, &bytes, text, sizeof text);
}

} // namespace penstock::host
