// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/postgres/number_range.hpp"
#include "host/journal/postgres/postgres_connection.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>

namespace penstock::host
{

/// The tables that a host's entries and receipts lie in, 65,536 numbers each: made before they are
/// needed, and dropped as a whole when nothing in them is. [the writer's thread]
class number_parts
{
public:
    using numbers = std::span<const std::int64_t>;

    /// Reads which there are, and what is in them. Throws medium_error.
    number_parts(postgres_connection& from, number_range range,
                 postgres_connection::clock::time_point until);

    /// Reads which there are again, as after a failover. Throws medium_error.
    void read_names(postgres_connection& from, postgres_connection::clock::time_point until);

    /// Makes the tables for entries and receipts of these numbers that are not there. Those of other
    /// hosts are theirs. Throws medium_error.
    void require(postgres_connection& to, numbers appended, numbers ended,
                 postgres_connection::clock::time_point until);

    /// Counts entries that were committed, those of them that are done, and receipts.
    void count(numbers appended, numbers finished, numbers ended);

    /// Adds the statements that delete what is not dropped with its table of entries that are done:
    /// large bodies, turns, and entries that were laid aside.
    void add_deletions(postgres_connection& to, numbers finished) const;

    /// Drops the tables of entries that are all done, but for that of the newest number; of one
    /// with few that are not, these are laid aside. Then those of receipts that ended before
    /// `before`, and the oldest that are beyond `most` receipts. Throws medium_error.
    void drop_old(postgres_connection& to, std::int64_t before, std::uint64_t most,
                  postgres_connection::clock::time_point until);

    /// Drops all tables of entries that are all done. Throws medium_error.
    void drop_entries(postgres_connection& to, postgres_connection::clock::time_point until);

private:
    using part_number = std::uint64_t; ///< of the numbers in it, without the last 16 bits

    struct part
    {
        std::uint64_t pending = 0;
        std::uint64_t receipts = 0;
        bool has_entries = false; ///< whether there is a table of them
    };

    [[nodiscard]] bool is_own(std::int64_t number) const noexcept;
    void look_aside(postgres_connection& to, postgres_connection::clock::time_point until);
    void drop_entries(postgres_connection& to, part_number which,
                      postgres_connection::clock::time_point until);
    void drop_receipts(postgres_connection& to, part_number which,
                       postgres_connection::clock::time_point until);

    number_range range_;
    std::map<part_number, part> parts_; ///< those that have a table of receipts
    bool has_aside_ = false;            ///< whether entries may have been laid aside
};

} // namespace penstock::host
