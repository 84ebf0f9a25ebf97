// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal_state.hpp"
#include "host/journal/postgres/number_range.hpp"
#include "host/journal/postgres/postgres_connection.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace penstock::host
{

/// A host as the database knows it, while its lease lasts.
struct host_place
{
    number_range range;
    std::string identity; ///< after a failover that has lost it, the number may be another host's
    std::int64_t incarnation = 0; ///< counts the starts, and the takeovers
    std::int64_t commits = 0;     ///< the number of the last commit
    journal_state state;
};

/// Takes the place of the host of that identity, or a new one; an older session that holds it is
/// waited for, and ended once its lease is over. Throws medium_error.
[[nodiscard]] host_place register_host(postgres_connection& to, const std::string& identity,
                                       std::chrono::milliseconds lease,
                                       postgres_connection::clock::time_point until);

/// Takes the place again over a new connection, and returns the number of the last commit. Throws
/// medium_error, which does not pass if another process has taken the place since.
[[nodiscard]] std::int64_t resume_host(postgres_connection& to, const host_place& of,
                                       std::chrono::milliseconds lease,
                                       postgres_connection::clock::time_point until);

} // namespace penstock::host
