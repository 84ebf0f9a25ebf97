// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sqlite.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace search_package
{

/// How documents are indexed, which a database remembers.
struct settings
{
    std::vector<std::string> fields; ///< that have a column of their own, and so a weight
    std::vector<std::string> facets; ///< whose values can be counted and filtered by
    std::string language;            ///< whose stems are indexed; empty: words as they are

    friend bool operator==(const settings&, const settings&) = default;
};

inline constexpr std::size_t most_fields = 32;
inline constexpr std::size_t most_facets = 16;

/// Returns the version of the tables: 0 while there are none; 1, which knows no settings and has
/// those by default; 2, with settings. Throws database_error for any other.
[[nodiscard]] std::int64_t version_of(connection& connection);

/// Reads the settings of a database that has tables; makes its tokenizer known to the connection.
/// Throws database_error.
[[nodiscard]] settings open_settings(connection& connection);

/// Makes the tables, or, if there are some with other settings, makes the index anew of the
/// documents, in one transaction. Databases of version 1 stay so while they need no more. Throws
/// database_error. Blocks, for as long as that takes.
void prepare(connection& connection, const settings& wanted);

/// Returns the columns of the index as SQL lists them: `c0, c1, text`.
[[nodiscard]] std::string columns_sql(const settings& of);

/// Returns so many places of values as SQL lists them: `, ?, ?`.
[[nodiscard]] std::string places_sql(std::size_t count);

} // namespace search_package
