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

/// The new entries of one commit, by columns, with their bodies and idempotency keys. The entries
/// outlive it.
class entry_rows
{
public:
    void add(const journal_entry& what);

    [[nodiscard]] const std::vector<std::int64_t>& numbers() const noexcept { return numbers_; }

    /// Adds the statements to what is sent next; returns how many. `now` is when keys were used.
    std::size_t add_to(postgres_connection& to, std::int64_t now) const;

private:
    using blobs = statement_values::blobs;

    void add_keys(postgres_connection& to, std::int64_t now) const;

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
    std::map<std::string_view, const journal_entry*> used_; ///< a key's last use counts
};

} // namespace penstock::host
