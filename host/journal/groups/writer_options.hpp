// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/wall_clock.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace penstock::host
{

/// When a journal_writer commits, and whom it tells what became of that.
struct writer_options
{
    std::size_t group_records = 128; ///< at most so many appends in one commit
    std::size_t group_bytes = std::size_t{1} << 20;
    std::chrono::microseconds gather{
        5'000}; ///< the longest that a commit waits for entries that are on their way; 0: none does
    std::chrono::milliseconds lazy{
        100}; ///< the time after which operations without a waiter are committed
    std::chrono::milliseconds probe{250};  ///< between two tries to write after one has failed
    std::chrono::milliseconds look{1'000}; ///< between two looks whether it is still there

    std::uint64_t host_number = 0; ///< in the ids that are issued

    wall_clock clock; ///< unset: steady_wall_clock()

    /// Called once nothing may be written until the journal is opened anew, as after a sync that
    /// failed; may be empty. Must not block. [the journal's thread]
    std::function<void()> needs_restart;

    /// Called when the journal ceases to take in, with the cause, and with an empty text when it
    /// takes in again; may be empty. Must not block. [the constructor's thread, the journal's]
    std::function<void(const std::string& trouble)> hears;
};

} // namespace penstock::host
