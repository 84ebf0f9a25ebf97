// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/letters/dead_letter.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace penstock::host
{

/// A list of dead letters that is filled, the newest first, until it has reached its limits.
struct dead_letter_page
{
    std::vector<dead_letter> letters;
    std::size_t bytes = 0;   ///< of what of them is in memory
    bool is_full = false;    ///< a further letter would be beyond the limits
    std::uint64_t below = 0; ///< those that come after have numbers below this one

    /// Adds a letter, of which so many bytes are in memory.
    void add(dead_letter one, std::size_t size, const dead_letter_limits& limits)
    {
        letters.push_back(std::move(one));
        bytes += size;
        is_full = letters.size() >= limits.count || bytes >= limits.bytes;
    }
};

} // namespace penstock::host
