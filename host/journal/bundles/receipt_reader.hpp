// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/bundles/receipt_bundle.hpp"
#include "host/journal/sqlite/sqlite_file.hpp"

#include <optional>

namespace penstock::host
{

/// The error of a receipt that may be among those that are damaged.
class damaged_receipt : public journal_error
{
public:
    using journal_error::journal_error;
};

/// Finds the receipts that a connection sees. [one thread]
class receipt_reader
{
public:
    explicit receipt_reader(sqlite_file& file);

    /// The newest receipt of an entry. Throws damaged_receipt if there is none, but a damaged row
    /// that may have it, and sqlite_error.
    std::optional<kept_receipt> find(entry_number number, const numbering& ids);

private:
    std::optional<kept_receipt> find_single(entry_number number, const numbering& ids);
    [[noreturn]] void refuse(entry_number number) const;

    sqlite_file& file_;
    statement section_;
    statement single_; ///< of version 2 and before
};

} // namespace penstock::host
