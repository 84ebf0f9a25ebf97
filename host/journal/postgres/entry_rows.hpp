// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal_entry.hpp"
#include "host/journal/postgres/postgres_connection.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// When idempotency keys are used, and were used that count, in microseconds since 1970.
struct key_times
{
    std::int64_t now;
    std::int64_t since;
};

/// The new entries of one commit, by columns, with their bodies, turns and idempotency keys. The
/// entries outlive it. An entry is not there after the commit if its idempotency key was in use.
class entry_rows
{
public:
    void add(const journal_entry& what);

    [[nodiscard]] const std::vector<std::int64_t>& numbers() const noexcept { return numbers_; }

    /// Whether some have an idempotency key.
    [[nodiscard]] bool has_keys() const noexcept { return !used_.empty(); }

    /// Adds the statements to what is sent next; returns how many.
    std::size_t add_to(postgres_connection& to, key_times times) const;

private:
    using blobs = statement_values::blobs;

    void add_keys(postgres_connection& to, key_times times) const;

    std::vector<std::int64_t> numbers_;
    std::vector<std::int64_t> micros_;
    blobs graphs_;
    blobs keys_;
    std::vector<std::int64_t> accepted_;
    std::vector<std::int64_t> sizes_;
    blobs idempotency_keys_;
    blobs fingerprints_;
    blobs heads_;
    blobs bodies_;
    std::vector<std::int64_t> numbers_of_large_;
    blobs large_bodies_;
    std::vector<std::int64_t> in_turn_; ///< those of a key
    std::vector<std::int64_t> key_hashes_;
    std::map<std::string_view, const journal_entry*> used_; ///< a key's first use counts
};

} // namespace penstock::host
