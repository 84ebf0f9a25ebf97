// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal_entry.hpp"
#include "host/journal/postgres/postgres_connection.hpp"

#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

namespace penstock::host
{

/// The entries of one commit that were another host's, and go from its numbers to this host's, with
/// their bodies and dead letters; unless its place was taken once more meanwhile.
class entry_moves
{
public:
    /// How many answers its statements have. The last one tells what was moved.
    static constexpr std::size_t answers = 4;

    /// Takes an entry in, if it was another host's.
    void add(const journal_entry& what);

    [[nodiscard]] bool empty() const noexcept { return now_.empty(); }

    /// Adds the statements to what is sent next.
    void add_to(postgres_connection& to) const;

    /// Reads which are this host's now, from the last answer, or by asking. Throws medium_error.
    [[nodiscard]] static std::set<entry_number> found_in(const statement_result& answer);
    [[nodiscard]] std::set<entry_number> find(postgres_connection& from,
                                              postgres_connection::clock::time_point until) const;

private:
    std::vector<std::int64_t> before_; ///< numbers with the other host
    std::vector<std::int64_t> terms_;  ///< of its place
    std::vector<std::int64_t> now_;    ///< numbers with this host
};

} // namespace penstock::host
