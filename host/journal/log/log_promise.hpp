// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host
{

/// How far SQLite's log was on the disk when requests were acknowledged last. It stands in a file
/// of its own, beside the journal: a log that is missing, cut or zeroed looks like one that never
/// had more in it.
struct log_promise
{
    std::uint64_t salts = 0;     ///< of the log: each time it begins anew it has others
    std::uint64_t frames = 0;    ///< of it that were on the disk
    std::uint64_t worked_in = 0; ///< of these, that the database has without the log
    std::uint64_t number = 0;    ///< of the last entry that was acknowledged

    friend bool operator==(const log_promise&, const log_promise&) = default;
};

/// The file with the promise of a journal.
[[nodiscard]] std::filesystem::path promise_path(const std::filesystem::path& journal_file);

/// Writes a promise as a line that is always as long, with a checksum, so that it can be
/// overwritten in place.
[[nodiscard]] std::string write_promise(const log_promise& what);

/// Parses such a line; nothing if it is damaged.
[[nodiscard]] std::optional<log_promise> parse_promise(std::string_view text);

/// Reads the promise of a journal; nothing if there is none, or it is damaged. Blocks.
[[nodiscard]] std::optional<log_promise> read_promise(const std::filesystem::path& journal_file);

/// Whether the file of a journal is missing or empty. Blocks.
[[nodiscard]] bool is_gone(const std::filesystem::path& journal_file);

/// Compares the log of a journal with its promise: returns what was promised and is not there, as a
/// problem; empty: nothing. To be called before a host opens the journal, which may work the log
/// in; beside one that is at work it is right too. Blocks.
[[nodiscard]] std::string loss_of_log(const std::filesystem::path& journal_file);

/// Whether less of the log of a journal is whole than its database has: SQLite would read pages
/// that are older than those beside them, and find no damage. To be called before a host opens the
/// journal. Blocks.
[[nodiscard]] bool is_log_stale(const std::filesystem::path& journal_file);

/// Forgets the promise of a journal, and so that something is lost; returns whether there was one.
/// Throws std::filesystem::filesystem_error. Blocks.
bool forget_promise(const std::filesystem::path& journal_file);

} // namespace penstock::host
