// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/bundles/number_set.hpp"
#include "host/journal/sqlite/rows.hpp"

#include <cstdint>

namespace penstock::host
{

/// What is done of a bundle, as a row of the table `bundle_marks` holds it.
struct bundle_mark
{
    entry_number first = 0;      ///< of the bundle
    std::uint64_t entries = 0;   ///< that are done
    std::uint64_t size = 0;      ///< sum of their sizes
    std::uint64_t size_left = 0; ///< sum of the sizes of those that are not
    std::int64_t since = 0;      ///< when the first of them was
    number_set left;             ///< those that are not
    bool is_whole = true;
};

inline constexpr const char* bundle_mark_columns =
    "first, entries, size, size_left, since, members, sum";

/// Binds a row and runs the statement.
void insert_bundle_mark(statement& to, const bundle_mark& what);

[[nodiscard]] bundle_mark read_bundle_mark(const statement& from);

} // namespace penstock::host
