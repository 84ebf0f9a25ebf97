// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/wall_clock.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

namespace penstock::host
{

/// How long a journal keeps what it need not.
struct retention_limits
{
    std::chrono::seconds receipts = std::chrono::hours(24);
    std::uint64_t most_receipts = 1'000'000;
    std::chrono::seconds keys = std::chrono::hours(24);
    std::uint64_t most_keys = 10'000'000;
    std::chrono::seconds dead_letters{0}; ///< 0: for ever
    std::chrono::seconds blames = std::chrono::hours(24);
};

/// Where a sqlite_journal is, and its limits.
struct sqlite_journal_options
{
    std::filesystem::path directory; ///< exists, and is used by no other process
    std::uint64_t quota = std::uint64_t{16} << 30;
    retention_limits keep;
    std::uint64_t host_number = 0; ///< in the ids that are issued

    bool compresses = false;         ///< what is written from now on
    std::size_t group_records = 128; ///< at most so many appends in one commit
    std::size_t group_bytes = std::size_t{1} << 20;
    std::chrono::microseconds gather{
        5'000}; ///< the longest that a commit waits for entries that are on their way; 0: none does
    std::chrono::milliseconds lazy{
        100}; ///< the time after which operations without a waiter are committed
    std::chrono::milliseconds probe{250};  ///< between two tries to write to a full disk
    std::chrono::milliseconds tidy{5'000}; ///< between two looks for what is too old
    std::chrono::milliseconds look{1'000}; ///< between two looks whether its files are still there
    std::uint64_t log_bytes = std::uint64_t{32} << 20; ///< of the log before it is worked in

    std::string vfs; ///< a registered VFS of SQLite; empty: its own

    wall_clock clock; ///< unset: steady_wall_clock()

    /// Called once a sync has failed, or anything else after which nothing may be written until the
    /// journal is opened anew; may be empty. Must not block. [the journal's thread]
    std::function<void()> needs_restart;

    /// Called when the journal ceases to take in, with the cause, and with an empty text when it
    /// takes in again; may be empty. Must not block. [the constructor's thread, the journal's]
    std::function<void(const std::string& trouble)> hears;
};

} // namespace penstock::host
