// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace penstock::host
{

/// A part of SQLite's log that was safe on the disk and is not any more.
struct log_damage
{
    std::uint64_t byte = 0;    ///< where the first damaged frame begins
    std::uint64_t commits = 0; ///< behind it, at least; SQLite takes them for never made
};

/// Looks for damage in the log of a journal, best before a host opens it and works it in. What a
/// power cut tears off the end of a log is none: each commit was synced before the next was
/// written, so there is damage only where a whole commit follows. Nothing if the log is whole, or
/// not there. Blocks.
[[nodiscard]] std::optional<log_damage> damage_of_log(const std::filesystem::path& journal_file);

/// As much of a log as SQLite reads: its frames up to the last commit that is whole.
struct log_extent
{
    std::uint64_t salts = 0; ///< of its header
    std::uint64_t frames = 0;
};

/// Measures the log of a journal. Nothing if it is not there, or its header is damaged. Blocks.
[[nodiscard]] std::optional<log_extent> extent_of_log(const std::filesystem::path& journal_file);

} // namespace penstock::host
