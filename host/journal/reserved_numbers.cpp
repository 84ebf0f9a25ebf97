// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/reserved_numbers.hpp"

namespace penstock::host
{

namespace
{

// So many numbers are reserved at a time: committing each would cost the entries that need no
// commit one. The rest is lost in a crash, and given back when the journal is closed.
constexpr std::uint64_t numbers_at_a_time = std::uint64_t{1} << 20;
constexpr std::uint64_t dead_letters_at_a_time = std::uint64_t{1} << 16;

} // namespace

reserved_numbers::reserved_numbers(const journal_state& kept, std::uint64_t host)
    : ids_(kept.seed, kept.last_micros, kept.numbers, host), last_dead_letter_(kept.dead_letters)
{
}

bool reserved_numbers::are_short(const journal_state& kept) const noexcept
{
    return ids_.last_number() + numbers_at_a_time / 2 > kept.numbers ||
           last_dead_letter_ + dead_letters_at_a_time / 2 > kept.dead_letters;
}

journal_state reserved_numbers::replenished(journal_state kept) const
{
    if (!are_short(kept))
        return kept;
    kept.numbers = ids_.last_number() + numbers_at_a_time;
    kept.dead_letters = last_dead_letter_ + dead_letters_at_a_time;
    kept.last_micros = ids_.last_micros();
    return kept;
}

journal_state reserved_numbers::closed(journal_state kept) const
{
    kept.numbers = ids_.last_number();
    kept.dead_letters = last_dead_letter_;
    kept.last_micros = ids_.last_micros();
    return kept;
}

} // namespace penstock::host
