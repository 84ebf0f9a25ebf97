// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/left_place.hpp"
#include "host/journal/numbering.hpp"
#include "host/journal/postgres/postgres_connection.hpp"
#include "host/journal/postgres/postgres_options.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace penstock::host
{

/// Finds hosts of a shared journal that are gone, and takes their places. [one thread]
///
/// A host is gone if nothing of its row has changed for a while after the end of its lease, and the
/// database does nothing for it: after an outage of the database all leases are over.
class left_places
{
public:
    /// `own` is the host that looks.
    left_places(const postgres_options& options, std::int64_t own, const numbering& ids);

    /// Takes the place of a host that is gone and has left entries of one of these graphs; null if
    /// there is none. Of one that has left none of any graph, the tables of entries are dropped.
    /// Throws journal_error. Blocks.
    [[nodiscard]] std::unique_ptr<left_place> take(const std::vector<std::string>& graphs);

private:
    using clock = postgres_connection::clock;

    /// What is seen of a host whose lease is over.
    struct sight
    {
        std::int64_t incarnation = 0;
        std::int64_t commits = 0;
        std::string lease;
        clock::time_point since;
    };

    std::unique_ptr<left_place> try_to_take(const std::vector<std::string>& graphs,
                                            clock::time_point until);
    void look(clock::time_point until);
    [[nodiscard]] bool claim(std::int64_t host, sight& seen, clock::time_point until);
    void clear(std::int64_t host, clock::time_point until);
    void release(std::int64_t host, clock::time_point until);

    const postgres_options options_;
    const std::int64_t own_;
    const numbering ids_;
    postgres_connection session_;
    std::map<std::int64_t, sight> seen_; ///< by host
};

} // namespace penstock::host
