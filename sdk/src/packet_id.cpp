// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/detail/packet_access.hpp>

#include <bit>

namespace penstock
{

namespace
{

// The finaliser of splitmix64: a bijection in which each bit of the input reaches each of the
// output.
constexpr std::uint64_t mix(std::uint64_t word) noexcept
{
    word ^= word >> 30;
    word *= 0xbf58476d1ce4e5b9;
    word ^= word >> 27;
    word *= 0x94d049bb133111eb;
    word ^= word >> 31;
    return word;
}

// A bijection of the id for each word, so that two parents never have the same nth child.
constexpr packet_id absorb(packet_id id, std::uint64_t word) noexcept
{
    id.low = mix(id.low ^ (word + 0x9e3779b97f4a7c15));
    id.high = mix(id.high + id.low);
    id.low += std::rotl(id.high, 32);
    return id;
}

} // namespace

std::string packet_id::text() const
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text(32, '0');
    for (unsigned i = 0; i < 16; ++i)
    {
        text[i] = digits[(high >> (60 - 4 * i)) & 15];
        text[16 + i] = digits[(low >> (60 - 4 * i)) & 15];
    }
    return text;
}

// Fixed for ever: journals hold ids of children, and a replay must find the same ones.
packet_id detail::packet_access::child_id(packet_id parent, std::uint64_t node,
                                          std::uint64_t ordinal) noexcept
{
    return absorb(absorb(absorb(parent, node), ordinal), 0);
}

} // namespace penstock
