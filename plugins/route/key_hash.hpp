// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace route_package
{

/// A key of the hash, which nobody outside knows.
struct hash_key
{
    std::uint64_t low = 0;
    std::uint64_t high = 0;
};

/// Hashes a text by SipHash-2-4 (J.-P. Aumasson, D. J. Bernstein, SipHash: a fast short-input PRF,
/// INDOCRYPT 2012): who does not know the key finds no two texts of one hash, and chance finds them
/// once in 2^64 pairs.
[[nodiscard]] inline std::uint64_t hash_of(std::string_view text, const hash_key& key) noexcept
{
    std::uint64_t v0 = 0x736f6d6570736575 ^ key.low;
    std::uint64_t v1 = 0x646f72616e646f6d ^ key.high;
    std::uint64_t v2 = 0x6c7967656e657261 ^ key.low;
    std::uint64_t v3 = 0x7465646279746573 ^ key.high;
    const auto rounds = [&](int count)
    {
        for (; count > 0; --count)
        {
            v0 += v1;
            v1 = std::rotl(v1, 13) ^ v0;
            v0 = std::rotl(v0, 32);
            v2 += v3;
            v3 = std::rotl(v3, 16) ^ v2;
            v0 += v3;
            v3 = std::rotl(v3, 21) ^ v0;
            v2 += v1;
            v1 = std::rotl(v1, 17) ^ v2;
            v2 = std::rotl(v2, 32);
        }
    };
    // Bytes make words with the first byte lowest, whatever the machine.
    const auto take = [&](std::size_t at, std::size_t count)
    {
        std::uint64_t word = 0;
        for (std::size_t n = 0; n < count; ++n)
            word |= std::uint64_t{static_cast<unsigned char>(text[at + n])} << (8 * n);
        return word;
    };
    const auto add = [&](std::uint64_t word)
    {
        v3 ^= word;
        rounds(2);
        v0 ^= word;
    };
    const std::size_t whole = text.size() / 8 * 8;
    for (std::size_t at = 0; at < whole; at += 8)
        add(take(at, 8));
    add(take(whole, text.size() - whole) | std::uint64_t{text.size() & 0xff} << 56);
    v2 ^= 0xff;
    rounds(4);
    return v0 ^ v1 ^ v2 ^ v3;
}

} // namespace route_package
