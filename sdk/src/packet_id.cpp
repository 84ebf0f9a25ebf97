// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/detail/packet_access.hpp>

#include <bit>
#include <cstddef>
#include <string_view>

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

// With its length, so that the parts of two lists of texts are told apart.
constexpr packet_id absorb(packet_id id, std::string_view text) noexcept
{
    constexpr std::size_t size_of_word = 8;
    id = absorb(id, std::uint64_t{text.size()});
    for (std::size_t at = 0; at < text.size(); at += size_of_word)
    {
        std::uint64_t word = 0;
        for (const char each : text.substr(at, size_of_word))
            word = word << 8U | static_cast<unsigned char>(each);
        id = absorb(id, word);
    }
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
    return absorb(absorb(absorb(parent, node), ordinal), std::uint64_t{0});
}

// Fixed for ever too: sinks know what they have by it.
packet_id detail::packet_access::position_id(std::string_view graph, std::string_view node,
                                             std::string_view position) noexcept
{
    return absorb(absorb(absorb(absorb(packet_id{}, graph), node), position), std::uint64_t{0});
}

} // namespace penstock
