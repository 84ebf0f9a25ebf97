// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/groups/writer_options.hpp"
#include "host/journal/retention_limits.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>

namespace penstock::host
{

/// Where a sqlite_journal is, and its limits.
struct sqlite_journal_options : writer_options
{
    std::filesystem::path directory; ///< exists, and is used by no other process
    std::uint64_t quota = std::uint64_t{16} << 30;
    retention_limits keep;

    bool compresses = false;                           ///< what is written from now on
    std::chrono::milliseconds tidy{5'000};             ///< between two looks for what is too old
    std::uint64_t log_bytes = std::uint64_t{32} << 20; ///< of the log before it is worked in

    std::string vfs; ///< a registered VFS of SQLite; empty: its own
};

} // namespace penstock::host
