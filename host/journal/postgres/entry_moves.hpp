// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal_entry.hpp"
#include "host/journal/postgres/postgres_connection.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace penstock::host
{

/// The entries of one commit that were another host's, and go from its numbers to this host's, with
/// their bodies, turns and dead letters; unless its place was taken once more meanwhile.
class entry_moves
{
public:
    /// Takes an entry in, if it was another host's.
    void add(const journal_entry& what);

    [[nodiscard]] bool empty() const noexcept { return now_.empty(); }

    /// Adds the statements to what is sent next; returns how many.
    std::size_t add_to(postgres_connection& to) const;

private:
    std::vector<std::int64_t> before_; ///< numbers with the other host
    std::vector<std::int64_t> terms_;  ///< of its place
    std::vector<std::int64_t> now_;    ///< numbers with this host
};

} // namespace penstock::host
