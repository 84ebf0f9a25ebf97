// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "utf8.hpp"

#include <cstdint>
#include <cstring>

namespace penstock::detail
{

namespace
{

bool continues(unsigned char c) noexcept
{
    return (c & 0xC0) == 0x80;
}

// The length of the sequence at `at`; 0 if it is none.
std::size_t sequence(const unsigned char* at, std::size_t left) noexcept
{
    const unsigned char first = at[0];
    if (first < 0x80)
        return 1;
    if (first < 0xC2 || first > 0xF4)
        return 0;
    const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (left < length)
        return 0;
    for (std::size_t i = 1; i < length; ++i)
    {
        if (!continues(at[i]))
            return 0;
    }
    const unsigned char second = at[1];
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool surrogate = first == 0xED && second > 0x9F;
    const bool beyond = first == 0xF4 && second > 0x8F;
    return overlong || surrogate || beyond ? 0 : length;
}

} // namespace

bool is_utf8(std::string_view text) noexcept
{
    const auto* at = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t left = text.size();
    while (left > 0)
    {
        std::uint64_t eight = 0x80; // most bodies are ASCII
        if (left >= sizeof eight)
            std::memcpy(&eight, at, sizeof eight);
        const std::size_t step = (eight & 0x8080808080808080) == 0 ? 8 : sequence(at, left);
        if (step == 0)
            return false;
        at += step;
        left -= step;
    }
    return true;
}

} // namespace penstock::detail
