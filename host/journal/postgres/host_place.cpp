// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/postgres/host_place.hpp"

#include "host/journal/postgres/advisory_locks.hpp"

#include <thread>
#include <utility>

namespace penstock::host
{

namespace
{

// One whose machine is gone without a word is ended when its lease is over; who takes a place over
// is waited for.
void wait_for_place(postgres_connection& to, std::int64_t host, std::chrono::milliseconds lease,
                    postgres_connection::clock::time_point until)
{
    static const std::string end_silent =
        "SELECT coalesce(application_name = 'penstock takeover', false), "
        "CASE WHEN lease_until < clock_timestamp() THEN pg_terminate_backend(pid) END "
        "FROM penstock.hosts LEFT JOIN " +
        holders_of_places() +
        " holder USING (host) LEFT JOIN pg_stat_activity USING (pid) WHERE host = $1";
    const auto patient = postgres_connection::clock::now() + 2 * lease;
    while (!try_to_hold(to, host, until))
    {
        statement_values which;
        which.add(host);
        const statement_result holder = to.ask(end_silent.c_str(), until, std::move(which));
        const bool is_taken_over = holder.rows() > 0 && holder.boolean(0, 0);
        if (!is_taken_over && postgres_connection::clock::now() > patient)
            throw medium_error(to.name() + ": host " + std::to_string(host) +
                                   " is held by another process; a data directory of its own was "
                                   "expected for each",
                               false);
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

[[noreturn]] void lose_place(const postgres_connection& to, std::int64_t host)
{
    throw medium_error(to.name() + ": another process has taken the place of host " +
                           std::to_string(host) + "; a restart of this one was expected",
                       false);
}

} // namespace

host_place register_host(postgres_connection& to, const std::string& identity,
                         std::chrono::milliseconds lease,
                         postgres_connection::clock::time_point until)
{
    statement_values who;
    who.add(identity);
    schema_lock alone(to, until);
    to.ask(
        "INSERT INTO penstock.hosts SELECT coalesce(max(host) + 1, 0), $1, 0, 0, "
        "clock_timestamp(), 0, coalesce(max(host) + 1, 0) << 48, coalesce(max(host) + 1, 0) << 48, "
        "0, 0, false FROM penstock.hosts ON CONFLICT (identity) DO NOTHING",
        until, who);
    alone.release();
    host_place made;
    made.identity = identity;
    made.range.host =
        to.ask("SELECT host FROM penstock.hosts WHERE identity = $1", until, std::move(who))
            .number(0, 0);
    wait_for_place(to, made.range.host, lease, until);
    statement_values place;
    place.add(made.range.host).add(std::int64_t{lease.count()});
    const statement_result row = to.ask(
        "UPDATE penstock.hosts SET incarnation = penstock.later(incarnation), backend = "
        "pg_backend_pid(), "
        "is_clear = false, lease_until = clock_timestamp() + $2 * interval '1 ms' WHERE host = $1 "
        "RETURNING incarnation, commits, numbers, letters, micros, expired, "
        "(SELECT seed FROM penstock.journal)",
        until, std::move(place));
    made.incarnation = row.number(0, 0);
    made.commits = row.number(0, 1);
    made.state.numbers = row.natural(0, 2);
    made.state.dead_letters = row.natural(0, 3);
    made.state.last_micros = row.natural(0, 4);
    made.state.expired = row.natural(0, 5);
    made.state.seed = row.natural(0, 6);
    return made;
}

std::int64_t resume_host(postgres_connection& to, const host_place& of,
                         std::chrono::milliseconds lease,
                         postgres_connection::clock::time_point until)
{
    static const std::string end_own =
        "SELECT pg_terminate_backend(pid) FROM penstock.hosts LEFT JOIN " + holders_of_places() +
        " holder USING (host) WHERE host = $1 AND incarnation = $2 AND identity = $3 AND $4 > 0";
    statement_values place;
    place.add(of.range.host).add(of.incarnation).add(of.identity);
    place.add(std::int64_t{lease.count()});
    // A session that was cut off is ended if it is still there.
    while (!try_to_hold(to, of.range.host, until))
    {
        const statement_result own = to.ask(end_own.c_str(), until, place);
        if (own.rows() == 0)
            lose_place(to, of.range.host);
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    const statement_result row = to.ask("UPDATE penstock.hosts SET backend = pg_backend_pid(), "
                                        "lease_until = clock_timestamp() + $4 * interval '1 ms' "
                                        "WHERE host = $1 AND incarnation = $2 AND identity = $3 "
                                        "RETURNING commits",
                                        until, place);
    if (row.rows() == 0)
        lose_place(to, of.range.host);
    return row.number(0, 0);
}

} // namespace penstock::host
