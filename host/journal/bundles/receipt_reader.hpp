// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/bundles/receipt_bundle.hpp"
#include "host/journal/sqlite_file.hpp"

#include <optional>

namespace penstock::host
{

/// Finds the receipts that a connection sees. [one thread]
class receipt_reader
{
public:
    explicit receipt_reader(sqlite_file& file);

    /// The newest receipt of an entry. Throws journal_error if there is none, but a damaged one
    /// that may be its.
    std::optional<kept_receipt> find(entry_number number, const numbering& ids);

private:
    std::optional<kept_receipt> find_single(entry_number number, const numbering& ids);
    [[noreturn]] void refuse(entry_number number) const;

    sqlite_file& file_;
    statement section_;
    statement single_; ///< of version 2 and before
};

} // namespace penstock::host
