// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace penstock::host
{

/// What a journal knows of itself.
struct journal_state
{
    std::uint64_t seed = 0;         ///< of numbering
    std::uint64_t numbers = 0;      ///< all entry numbers given so far are at most this
    std::uint64_t dead_letters = 0; ///< all dead letter numbers given so far are at most this
    std::uint64_t last_micros = 0;  ///< the time in an id that is not much older than the newest
    std::uint64_t expired = 0;      ///< dead letters let go by age

    friend bool operator==(const journal_state&, const journal_state&) = default;
};

} // namespace penstock::host
