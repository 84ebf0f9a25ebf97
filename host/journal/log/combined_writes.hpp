// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

struct sqlite3_vfs;

namespace penstock::host
{

/// A VFS of SQLite that collects what is written to a log, and writes it at its sync.
///
/// SQLite writes each page of its log by two calls, 24 bytes and the page: a commit of a megabyte
/// is 500. Here they are some 15. Nobody reads what is not synced, because SQLite tells other
/// connections of a commit after its sync, and what the writer itself reads is written before. What
/// is never synced is of a transaction that did not come to its end; the connection is the only
/// writer of its file, for what a transaction left that was rolled back may be written later. Other
/// files are those of the VFS below. [one thread, but for its name]
class combined_writes
{
public:
    /// Registers it above the VFS of a name; empty: SQLite's own. Throws journal_error if there is
    /// none of that name.
    explicit combined_writes(const std::string& below);

    combined_writes(const combined_writes&) = delete;
    combined_writes& operator=(const combined_writes&) = delete;
    ~combined_writes();

    /// The name under which SQLite has it.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

private:
    std::string name_;
    std::unique_ptr<sqlite3_vfs> vfs_;
};

} // namespace penstock::host
