// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal_state.hpp"
#include "host/journal/sqlite/sqlite_file.hpp"

#include <filesystem>
#include <string>

namespace penstock::host
{

inline constexpr const char* journal_file_name = "journal.sqlite3";

/// Makes an empty file that its owner alone can read, if there is none; returns its path. Throws
/// journal_error. Blocks.
std::filesystem::path make_journal_file(const std::filesystem::path& directory);

/// Sets a connection up for writing; makes the tables if there are none, and those that a journal
/// of an older version lacks. Throws journal_error for a file that is no journal, is of a later
/// version, or of version 3 with pending requests; and `loss`, what is missing of what was promised,
/// if tables would have to be added. Blocks.
void prepare_for_writing(sqlite_file& file, const std::string& loss);

/// Sets a connection up for reading a journal. Throws journal_error. Blocks.
void prepare_for_reading(sqlite_file& file);

/// Whether a journal has the tables that came with version 3. One that is written has.
bool has_bundles(sqlite_file& file);

/// Reads the state, which is kept in two rows, so that one that is damaged does not make the whole
/// journal unreadable. Throws journal_error if no row of the two is whole.
journal_state read_state(sqlite_file& file);

/// How many of the two rows are whole.
int whole_states(sqlite_file& file);

/// Writes both rows, in the open transaction, and the version of what is written from now on.
void write_state(sqlite_file& file, const journal_state& state);

} // namespace penstock::host
