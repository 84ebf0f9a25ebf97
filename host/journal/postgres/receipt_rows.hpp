// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal_queries.hpp"
#include "host/journal/postgres/postgres_connection.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace penstock::host
{

/// The receipts of one commit, by columns. The receipts outlive it.
class receipt_rows
{
public:
    /// Adds a receipt under the number of an entry.
    void add(entry_number number, const kept_receipt& what);

    /// Adds the statement to what is sent next, if there are any; returns how many statements.
    std::size_t add_to(postgres_connection& to, std::int64_t now) const;

private:
    using blobs = statement_values::blobs;

    std::vector<std::int64_t> numbers_;
    std::vector<std::int64_t> micros_;
    blobs graphs_;
    std::vector<std::int64_t> accepted_;
    std::vector<std::int64_t> durable_;
    std::vector<std::int64_t> delivered_;
    std::vector<std::int64_t> dropped_;
    std::vector<std::int64_t> failed_;
    std::vector<std::int64_t> dead_;
    blobs more_;
};

} // namespace penstock::host
