// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string_view>

namespace packets
{

/// Returns the hash FNV-1a of 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/) of some bytes,
/// or of these behind others, of which `before` is the hash. Fixed for ever: it is kept on disks.
/// Who wants to can make texts of one hash. [any thread]
[[nodiscard]] constexpr std::uint64_t fnv1a(std::string_view bytes,
                                            std::uint64_t before = 0xcbf29ce484222325) noexcept
{
    std::uint64_t hash = before;
    for (const char each : bytes)
        hash = (hash ^ static_cast<unsigned char>(each)) * 0x100000001b3;
    return hash;
}

} // namespace packets
