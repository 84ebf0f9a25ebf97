// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session.hpp"

#include <penstock/json.hpp>
#include <penstock/packet.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace postgres_package
{

/// One column that is written, and what of a packet it gets.
struct column
{
    std::string name;
    std::string place;    ///< `/meta/NAME`, `/fields/NAME`, or `NAME`: the field
    std::string type{};   ///< to cast to, as the server names it: without a length that would cut
    bool is_json = false; ///< json or jsonb
    bool is_array = false;
    bool is_key = false;
};

/// Whether a text may be the name of a table or column.
[[nodiscard]] bool is_name(std::string_view text);

/// Returns the columns that a parameter names: a list of names, or an object of names with places of
/// packets; none if it is null. Throws std::invalid_argument for what is neither.
[[nodiscard]] std::vector<column> named_columns(const penstock::json::value& parameter);

/// Finds what a column gets of a packet; null when it is absent. Valid as packet::find() is.
[[nodiscard]] const penstock::json::value* find_value(const penstock::packet& from,
                                                      const column& of);

/// Writes a value as a column of that type reads it: JSON for json, an array for an array, which one
/// value is as well; else a text as it is, and everything else as JSON. Null is NULL. Throws
/// std::invalid_argument for a text with a NUL, which the server has no place for, and for a number
/// that JSON cannot hold. [any thread]
[[nodiscard]] sql_text write_value(const penstock::json::value& value, const column& of);

/// Quotes a name (https://www.postgresql.org/docs/15/sql-syntax-lexical.html, 4.1.1); of a table,
/// `schema.table`, each part.
[[nodiscard]] std::string quote_name(std::string_view name);
[[nodiscard]] std::string quote_table(std::string_view name);

/// Writes a value as a field of a line of COPY in text format
/// (https://www.postgresql.org/docs/15/sql-copy.html).
void append_copy_field(const sql_text& value, std::string& line);

} // namespace postgres_package
