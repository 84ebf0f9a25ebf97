// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/postgres/postgres_schema.hpp"

#include "host/journal/numbering.hpp"
#include "host/journal/postgres/advisory_locks.hpp"

#include <cstdint>
#include <string>

namespace penstock::host
{

namespace
{

constexpr std::int64_t schema_version = 1;

// An entry is done when it has a receipt. One that was another host's has a number of this host's,
// and `origin` is the one that its id was made of; its receipt stands under both. Entries, bodies
// and receipts lie in tables of 65,536 numbers each, which are dropped as a whole. Deleted row by
// row are large bodies, the turns of entries that have a key, and what lies beside its table, in
// those that end in `_kept`. What is large
// is stored as it is: compressing it would cost more than the disk. What people and components
// write is bytea: it may be no UTF-8, and have zeros.
constexpr const char* schema_parts[] = {
    "CREATE SCHEMA penstock",
    "CREATE TABLE penstock.journal(version bigint NOT NULL, seed bigint NOT NULL)",
    "CREATE TABLE penstock.hosts(host bigint PRIMARY KEY, identity text NOT NULL UNIQUE, "
    "incarnation bigint NOT NULL, backend integer NOT NULL, lease_until timestamptz NOT NULL, "
    "commits bigint NOT NULL, numbers bigint NOT NULL, letters bigint NOT NULL, "
    "micros bigint NOT NULL, expired bigint NOT NULL, is_clear boolean NOT NULL) WITH (fillfactor "
    "= 20)",
    "CREATE TABLE penstock.entries(number bigint PRIMARY KEY, micros bigint NOT NULL, "
    "graph text NOT NULL, key bytea NOT NULL, accepted bigint NOT NULL, size bigint NOT NULL, "
    "idempotency_key bytea NOT NULL, fingerprint bytea, head bytea NOT NULL, body bytea, "
    "origin bigint NOT NULL) PARTITION BY RANGE (number)",
    "CREATE INDEX entries_by_origin ON penstock.entries(origin) WHERE origin <> 0",
    "ALTER TABLE penstock.entries ALTER head SET STORAGE EXTERNAL, ALTER body SET STORAGE EXTERNAL",
    "CREATE TABLE penstock.entries_kept PARTITION OF penstock.entries DEFAULT",
    "CREATE TABLE penstock.bodies(number bigint PRIMARY KEY, body bytea NOT NULL) "
    "PARTITION BY RANGE (number)",
    "ALTER TABLE penstock.bodies ALTER body SET STORAGE EXTERNAL",
    "CREATE TABLE penstock.bodies_kept PARTITION OF penstock.bodies DEFAULT",
    "CREATE TABLE penstock.receipts(number bigint PRIMARY KEY, micros bigint NOT NULL, "
    "graph text NOT NULL, accepted bigint NOT NULL, ended bigint NOT NULL, durable boolean NOT "
    "NULL, "
    "delivered bigint NOT NULL, dropped bigint NOT NULL, failed bigint NOT NULL, "
    "dead bigint NOT NULL, more bytea NOT NULL) PARTITION BY RANGE (number)",
    "CREATE TABLE penstock.receipts_kept PARTITION OF penstock.receipts DEFAULT",
    "CREATE TABLE penstock.keys(key bytea PRIMARY KEY, number bigint NOT NULL, "
    "micros bigint NOT NULL, fingerprint bytea, used bigint NOT NULL)",
    "CREATE INDEX keys_by_use ON penstock.keys(used)",
    "CREATE SEQUENCE penstock.turns_given",
    "CREATE TABLE penstock.turns(number bigint PRIMARY KEY, key bigint NOT NULL, "
    "turn bigint NOT NULL) WITH (autovacuum_vacuum_scale_factor = 0, "
    "autovacuum_vacuum_threshold = 10000)",
    "CREATE INDEX turns_by_key ON penstock.turns(key, turn)",
    "CREATE TABLE penstock.letters(number bigint PRIMARY KEY, entry bigint NOT NULL, "
    "graph text NOT NULL, node text NOT NULL, port bigint NOT NULL, component text NOT NULL, "
    "reason bytea NOT NULL, packet bytea NOT NULL, receipts bytea NOT NULL, attempts bigint NOT "
    "NULL, "
    "time bigint NOT NULL, kept bigint NOT NULL, bytes bigint NOT NULL)",
    "CREATE INDEX letters_by_entry ON penstock.letters(entry)",
    "CREATE INDEX letters_by_age ON penstock.letters(kept)",
    "CREATE TABLE penstock.originals(number bigint PRIMARY KEY, micros bigint NOT NULL, "
    "graph text NOT NULL, key bytea NOT NULL, accepted bigint NOT NULL, size bigint NOT NULL, "
    "idempotency_key bytea NOT NULL, fingerprint bytea, head bytea NOT NULL, body bytea, "
    "origin bigint NOT NULL)",
    "CREATE TABLE penstock.blames(number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "
    "high bigint NOT NULL, low bigint NOT NULL, graph text NOT NULL, node text NOT NULL, "
    "component text NOT NULL, reason bytea NOT NULL, time bigint NOT NULL, kept bigint NOT NULL)",
    // The next incarnation of a host's place: none that a failover has lost comes again.
    "CREATE FUNCTION penstock.later(incarnation bigint) RETURNS bigint LANGUAGE sql AS $$ "
    "SELECT greatest(incarnation + 1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint) "
    "$$",
    // Part of each commit: fails it if the host has lost its place.
    "CREATE FUNCTION penstock.hold(of_host bigint, of_incarnation bigint, commit_number bigint, "
    "lease interval, new_numbers bigint, new_letters bigint, new_micros bigint, new_expired "
    "bigint) "
    "RETURNS void LANGUAGE plpgsql AS $$ BEGIN "
    "UPDATE penstock.hosts SET commits = commit_number, lease_until = clock_timestamp() + lease, "
    "numbers = greatest(numbers, new_numbers), letters = greatest(letters, new_letters), "
    "micros = greatest(micros, new_micros), expired = new_expired "
    "WHERE host = of_host AND incarnation = of_incarnation; "
    "IF NOT FOUND THEN RAISE EXCEPTION 'another process has taken the place of host %', of_host "
    "USING ERRCODE = 'PS001'; END IF; END $$",
};

/// A number of the database's, as one that it takes for unsigned.
std::string signed_text(std::uint64_t number)
{
    return std::to_string(static_cast<std::int64_t>(number));
}

void make_parts(postgres_connection& to, postgres_connection::clock::time_point until)
{
    for (const char* each : schema_parts)
        to.add_once(each);
    to.add_once("INSERT INTO penstock.journal VALUES (" + std::to_string(schema_version) + ", " +
                signed_text(random_seed()) + ")");
    to.run(until);
}

} // namespace

void prefer_indexes(postgres_connection& to, postgres_connection::clock::time_point until)
{
    for (const char* each : {"SET enable_seqscan = off", "SET enable_hashjoin = off",
                             "SET enable_mergejoin = off", "SET jit = off"})
        to.add_once(each);
    to.run(until);
}

void open_durably(postgres_connection& to, postgres_connection::clock::time_point until)
{
    to.open();
    prefer_indexes(to, until);
    to.ask("SELECT set_config('synchronous_commit', 'on', false) "
           "WHERE current_setting('synchronous_commit') NOT IN ('on', 'remote_apply')",
           until);
}

void make_schema(postgres_connection& to, postgres_connection::clock::time_point until)
{
    schema_lock alone(to, until);
    if (to.ask("SELECT to_regclass('penstock.journal') IS NULL", until).boolean(0, 0))
        make_parts(to, until);
    const std::int64_t has = to.ask("SELECT version FROM penstock.journal", until).number(0, 0);
    alone.release();
    if (has != schema_version)
        throw medium_error(to.name() + ": has a journal of version " + std::to_string(has) + "; " +
                               std::to_string(schema_version) +
                               " was expected, which this program knows",
                           false);
}

} // namespace penstock::host
