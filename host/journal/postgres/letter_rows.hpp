// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/letters/dead_letter_row.hpp"
#include "host/journal/postgres/postgres_connection.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace penstock::host
{

/// The dead letters of one commit, by columns. The rows that they are made of outlive it.
class letter_rows
{
public:
    void add(const dead_letter_row& row);

    [[nodiscard]] bool empty() const noexcept { return numbers_.empty(); }

    /// Adds the statement to what is sent next, if there are any; returns how many statements.
    std::size_t add_to(postgres_connection& to, std::int64_t now) const;

private:
    using blobs = statement_values::blobs;

    std::vector<std::int64_t> numbers_;
    std::vector<std::int64_t> entries_;
    blobs graphs_;
    blobs nodes_;
    std::vector<std::int64_t> ports_;
    blobs components_;
    blobs reasons_;
    blobs packets_;
    blobs receipts_;
    std::vector<std::int64_t> attempts_;
    std::vector<std::int64_t> times_;
    std::vector<std::int64_t> bytes_;
};

} // namespace penstock::host
