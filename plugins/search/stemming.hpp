// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sqlite.hpp"

#include <string>
#include <string_view>

struct Fts5Tokenizer;
struct fts5_api;

namespace search_package
{

/// The name of the tokenizer that finds stems, in SQL; behind it stands a language.
inline constexpr std::string_view stemming_tokenizer = "stemmed";

/// Returns whether there are stems of a language: `english`, `german`, or its code in ISO 639, `en`
/// or `eng`. [any thread]
[[nodiscard]] bool has_stems(const std::string& language);

/// Lists the languages by their English names: `arabic, armenian, …`. [any thread]
[[nodiscard]] std::string languages();

/// Returns SQLite's interface to FTS5. Throws database_error.
[[nodiscard]] fts5_api& fts5_of(connection& connection);

/// Makes the tokenizer known to a connection, whose tables may use it from then on.
///
/// Words are those of FTS5's `unicode61`. Each is indexed by its stem, as Snowball's algorithm for
/// the language has it (https://snowballstem.org/algorithms/), and, if that is another, as it is
/// too, at the same place; the marks on letters are removed from both. A word that is looked for is
/// reduced to its stem, the start of one is not. Throws database_error.
void add_stemming(connection& connection);

} // namespace search_package
