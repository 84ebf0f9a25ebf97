// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/revision.hpp"

#include <array>
#include <cstdint>

namespace penstock::host
{

std::string revision(std::string_view text)
{
    // FNV-1a (Fowler, Noll, Vo), 64 bits.
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    std::array<char, 16> digits{};
    for (char& digit : digits)
    {
        digit = "0123456789abcdef"[hash >> 60];
        hash <<= 4;
    }
    return {digits.data(), digits.size()};
}

} // namespace penstock::host
