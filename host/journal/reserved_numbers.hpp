// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal_state.hpp"
#include "host/journal/numbering.hpp"

#include <chrono>
#include <cstdint>

namespace penstock::host
{

/// Gives entries and dead letters their numbers, of those that are reserved on disk. [one thread]
class reserved_numbers
{
public:
    /// Goes on behind what the journal's file says, for the host with this number.
    explicit reserved_numbers(const journal_state& kept, std::uint64_t host = 0);

    /// Gives a new entry its number and id.
    issue next(std::chrono::system_clock::time_point now) { return ids_.next(now); }

    /// Gives a new dead letter its number.
    std::uint64_t next_dead_letter() noexcept { return ++last_dead_letter_; }

    /// Returns the relation of ids and numbers.
    [[nodiscard]] const numbering& ids() const noexcept { return ids_; }

    /// Returns whether those that are reserved will soon be given out.
    [[nodiscard]] bool are_short(const journal_state& kept) const noexcept;

    /// Returns what to keep next: with more numbers reserved, if they are short.
    [[nodiscard]] journal_state replenished(journal_state kept) const;

    /// Returns what to keep in the end: with no number reserved that was not given out.
    [[nodiscard]] journal_state closed(journal_state kept) const;

private:
    numbering ids_;
    std::uint64_t last_dead_letter_;
};

} // namespace penstock::host
