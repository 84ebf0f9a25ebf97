// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "columns.hpp"
#include "session.hpp"

#include <string>
#include <vector>

namespace postgres_package
{

/// A table that is written.
struct table
{
    std::string name; ///< quoted, with its schema
    std::vector<column> columns;
};

/// Asks the server for a table: returns the columns that are `named`, or, if none is, all that may
/// be written, with what the server knows of them. Suspends. Throws penstock::unavailable as
/// session::run() does, and if the table has no column of a name or no unique index over the `key`,
/// or may not be written.
[[nodiscard]] table look_up_table(session& with, const std::string& name, std::vector<column> named,
                                  const std::vector<std::string>& key);

} // namespace postgres_package
