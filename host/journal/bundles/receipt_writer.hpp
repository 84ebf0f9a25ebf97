// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/bundles/receipt_bundle.hpp"
#include "host/journal/sqlite/sqlite_file.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace penstock::host
{

/// Writes the receipts of a transaction, those of one section and graph in one row.
/// [the writer's thread]
///
/// Everything throws sqlite_error.
class receipt_writer
{
public:
    explicit receipt_writer(sqlite_file& file);

    /// Takes in a receipt for the next write().
    void add(numbered_receipt what) { waiting_.push_back(std::move(what)); }

    /// Writes what was added; `ended` is the time that it is kept from.
    void write(std::int64_t ended);

    /// Forgets what was added. Never fails.
    void roll_back() noexcept { waiting_.clear(); }

private:
    std::int64_t next_row(std::uint64_t section);

    statement last_row_;
    statement insert_;
    std::vector<numbered_receipt> waiting_;
};

} // namespace penstock::host
