// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/groups/writer_options.hpp"
#include "host/journal/retention_limits.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace penstock::host
{

/// Where a postgres_journal is, and its limits.
struct postgres_options : writer_options
{
    std::string connection; ///< `postgresql://user@db1,db2/penstock`, or as libpq takes it else

    /// Names the host in the database, over restarts; no other host of the database has it.
    std::string identity;

    std::uint64_t quota = std::uint64_t{16} << 30; ///< of all hosts together
    retention_limits keep;

    /// How long a commit waits for a database that is away before its entries are refused.
    std::chrono::milliseconds patience{5'000};
    std::chrono::milliseconds lease{3'000}; ///< for how long others leave a silent host alone
    std::chrono::milliseconds tidy{5'000};  ///< between two looks for what is too old
};

} // namespace penstock::host
