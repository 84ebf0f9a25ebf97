// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal.hpp"
#include "host/journal/sqlite/sqlite_journal_options.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

namespace penstock::faults
{

/// What a worker does to a journal; all of it follows from the seed, so that a reader can tell what
/// must be there.
struct workload
{
    std::filesystem::path directory;
    std::uint64_t seed = 1;
    std::size_t records = 1'500;
    std::size_t sessions = 3; ///< how often the journal is opened
};

inline constexpr const char* graphs_of_workload[] = {"first", "second", "third"};

/// Settings under which there is much to go wrong: small groups, a log that is often worked in.
[[nodiscard]] host::sqlite_journal_options journal_of(const workload& what);

[[nodiscard]] host::journal_entry nth_entry(const workload& what, std::size_t n);
[[nodiscard]] host::kept_receipt nth_receipt(const workload& what, std::size_t n);

/// Whether a dead letter is kept before the nth record is done.
[[nodiscard]] bool dies(const workload& what, std::size_t n);

/// What a worker says of its nth record, as the shim `disk` logs it.
struct mark
{
    enum class kind : std::uint32_t
    {
        issued,
        kept,
        refused,
        ending ///< done() is about to be called
    };

    kind says = kind::issued;
    std::uint32_t n = 0;
    host::issue given; ///< of `issued`
};

/// Works on the journal; returns the exit code of the program. Prints why if it is not 0.
int work(const workload& what);

} // namespace penstock::faults
