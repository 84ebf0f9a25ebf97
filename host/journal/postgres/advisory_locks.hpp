// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/postgres/postgres_connection.hpp"

#include <cstdint>
#include <string>

namespace penstock::host
{

/// Tries to hold the place of a host until let_go(), or the end of the session; returns whether it
/// does. Throws medium_error.
[[nodiscard]] bool try_to_hold(postgres_connection& to, std::int64_t host,
                               postgres_connection::clock::time_point until);
void let_go(postgres_connection& to, std::int64_t host,
            postgres_connection::clock::time_point until);

/// A query for the sessions that hold places: `pid`, and the number of the `host`. A process number that
/// was noted before a failover is one of another server.
[[nodiscard]] const std::string& holders_of_places();

/// The lock of who makes the schema, or a host in it: held until release(), or the end of the
/// session. Everything throws medium_error.
class schema_lock
{
public:
    schema_lock(postgres_connection& to, postgres_connection::clock::time_point until);

    void release();

private:
    void ask(const char* sql);

    postgres_connection& to_;
    postgres_connection::clock::time_point until_;
};

} // namespace penstock::host
