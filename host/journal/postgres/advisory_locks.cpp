// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/postgres/advisory_locks.hpp"

#include <utility>

namespace penstock::host
{

namespace
{

constexpr std::int64_t lock_class = 0x50656e73; // "Pens"

statement_values lock_of(std::int64_t host)
{
    statement_values made;
    made.add(lock_class).add(host + 1); // 0 is the schema's
    return made;
}

} // namespace

bool try_to_hold(postgres_connection& to, std::int64_t host,
                 postgres_connection::clock::time_point until)
{
    return to
        .ask("SELECT pg_try_advisory_lock($1::bigint::int, $2::bigint::int)", until, lock_of(host))
        .boolean(0, 0);
}

void let_go(postgres_connection& to, std::int64_t host,
            postgres_connection::clock::time_point until)
{
    to.ask("SELECT pg_advisory_unlock($1::bigint::int, $2::bigint::int)", until, lock_of(host));
}

const std::string& holders_of_places()
{
    static const std::string query =
        "(SELECT pid, objid::bigint - 1 AS host FROM pg_locks WHERE locktype = 'advisory' "
        "AND granted AND objsubid = 2 AND objid > 0 AND classid = " +
        std::to_string(lock_class) +
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))";
    return query;
}

schema_lock::schema_lock(postgres_connection& to, postgres_connection::clock::time_point until)
    : to_(to), until_(until)
{
    ask("SELECT pg_advisory_lock($1::bigint::int, 0)");
}

void schema_lock::release()
{
    ask("SELECT pg_advisory_unlock($1::bigint::int, 0)");
}

void schema_lock::ask(const char* sql)
{
    statement_values which;
    which.add(lock_class);
    to_.ask(sql, until_, std::move(which));
}

} // namespace penstock::host
