// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "address.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace curl
{
namespace
{

using octets = std::span<const std::uint8_t>;

struct network
{
    std::array<std::uint8_t, 16> prefix;
    unsigned bits;
};

// Of IPv4.
constexpr std::array<network, 15> special4{{
    {{0}, 8},             // this network
    {{10}, 8},            // private
    {{100, 64}, 10},      // shared by the customers of a provider
    {{127}, 8},           // this host
    {{169, 254}, 16},     // the link, where clouds tell credentials
    {{172, 16}, 12},      // private
    {{192, 0, 0}, 24},    // protocols
    {{192, 0, 2}, 24},    // documentation
    {{192, 88, 99}, 24},  // relays of 6to4
    {{192, 168}, 16},     // private
    {{198, 18}, 15},      // benchmarks
    {{198, 51, 100}, 24}, // documentation
    {{203, 0, 113}, 24},  // documentation
    {{224}, 4},           // groups
    {{240}, 4},           // reserved, and all of a network
}};

// Of IPv6, within 2000::/3, which alone is public.
constexpr std::array<network, 3> special6{{
    {{0x20, 0x01}, 23},             // protocols, and Teredo
    {{0x20, 0x01, 0x0d, 0xb8}, 32}, // documentation
    {{0x3f, 0xff}, 20},             // documentation
}};

constexpr network global6{{0x20}, 3};

// The address of IPv4 that one of IPv6 stands for is behind these.
constexpr network mapped{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96};
constexpr network nat64{{0, 0x64, 0xff, 0x9b}, 96};
constexpr network relayed{{0x20, 0x02}, 16};

bool is_in(octets address, const network& of)
{
    for (unsigned bit = 0; bit < of.bits; bit += 8)
    {
        const unsigned left = std::min(8U, of.bits - bit);
        const unsigned mask = 0xffU << (8 - left) & 0xffU;
        if (((address[bit / 8] ^ of.prefix[bit / 8]) & mask) != 0)
            return false;
    }
    return true;
}

bool is_public4(octets address)
{
    return std::ranges::none_of(special4,
                                [&](const network& each) { return is_in(address, each); });
}

bool is_public6(octets address)
{
    if (is_in(address, mapped) || is_in(address, nat64))
        return is_public4(address.subspan(12));
    if (is_in(address, relayed))
        return is_public4(address.subspan(2, 4));
    return is_in(address, global6) && std::ranges::none_of(special6, [&](const network& each)
                                                           { return is_in(address, each); });
}

// Copies, for what a general address points at need not be aligned as the special one is.
template <class Special>
Special as(const sockaddr& address)
{
    Special special;
    std::memcpy(&special, &address, sizeof special);
    return special;
}

} // namespace

bool is_public(const sockaddr& address)
{
    if (address.sa_family == AF_INET)
    {
        const auto found = as<sockaddr_in>(address);
        std::array<std::uint8_t, 4> bytes;
        std::memcpy(bytes.data(), &found.sin_addr, bytes.size());
        return is_public4(bytes);
    }
    if (address.sa_family == AF_INET6)
    {
        const auto found = as<sockaddr_in6>(address);
        return is_public6(found.sin6_addr.s6_addr);
    }
    return false;
}

std::string text_of(const sockaddr& address)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address.sa_family == AF_INET)
    {
        const auto found = as<sockaddr_in>(address);
        ::inet_ntop(AF_INET, &found.sin_addr, text.data(), text.size());
    }
    else if (address.sa_family == AF_INET6)
    {
        const auto found = as<sockaddr_in6>(address);
        ::inet_ntop(AF_INET6, &found.sin6_addr, text.data(), text.size());
    }
    return text.data();
}

} // namespace curl
