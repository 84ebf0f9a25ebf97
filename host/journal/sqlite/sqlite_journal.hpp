// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/sqlite/sqlite_journal_options.hpp"
#include "host/journal/written_journal.hpp"

namespace penstock::host
{

/// Keeps a journal in the file `journal.sqlite3`: what is kept is synced to disk.
///
/// One connection on a thread of its own writes and checkpoints, one reads: Debian 12's SQLite can
/// lose its log when two connections write or checkpoint.
class sqlite_journal final : public written_journal
{
public:
    /// Opens the journal or makes it. Throws journal_error. Blocks.
    explicit sqlite_journal(const sqlite_journal_options& options);
};

} // namespace penstock::host
