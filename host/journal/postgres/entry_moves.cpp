// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/postgres/entry_moves.hpp"

#include <utility>

namespace penstock::host
{

namespace
{

constexpr const char* move_entries =
    "WITH m AS (SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) "
    "AS m(before, term, now)), "
    "places AS (SELECT host FROM penstock.hosts WHERE (host, incarnation) IN "
    "(SELECT before >> 48, term FROM m) FOR SHARE), "
    "gone AS (DELETE FROM penstock.entries e USING m WHERE e.number = m.before "
    "AND EXISTS (SELECT FROM places p WHERE p.host = m.before >> 48) AND NOT EXISTS "
    "(SELECT FROM penstock.receipts r WHERE r.number = e.number) RETURNING e.*, m.now) "
    "INSERT INTO penstock.entries SELECT now, micros, graph, key, accepted, size, idempotency_key, "
    "fingerprint, head, body, CASE WHEN origin <> 0 THEN origin ELSE number END FROM gone";
constexpr const char* move_bodies =
    "WITH gone AS (DELETE FROM penstock.bodies b USING unnest($1::bigint[], $2::bigint[]) "
    "AS m(before, now) WHERE b.number = m.before "
    "AND EXISTS (SELECT FROM penstock.entries e WHERE e.number = m.now) RETURNING m.now, b.body) "
    "INSERT INTO penstock.bodies SELECT * FROM gone";
constexpr const char* move_letters =
    "UPDATE penstock.letters l SET entry = m.now FROM unnest($1::bigint[], $2::bigint[]) "
    "AS m(before, now) WHERE l.entry = m.before "
    "AND EXISTS (SELECT FROM penstock.entries e WHERE e.number = m.now)";
constexpr const char* move_turns =
    "UPDATE penstock.turns t SET number = m.now FROM unnest($1::bigint[], $2::bigint[]) "
    "AS m(before, now) WHERE t.number = m.before "
    "AND EXISTS (SELECT FROM penstock.entries e WHERE e.number = m.now)";

} // namespace

void entry_moves::add(const journal_entry& what)
{
    if (what.taken_from == 0)
        return;
    before_.push_back(static_cast<std::int64_t>(what.taken_from));
    terms_.push_back(what.taken_in);
    now_.push_back(static_cast<std::int64_t>(what.number));
}

std::size_t entry_moves::add_to(postgres_connection& to) const
{
    if (empty())
        return 0;
    statement_values entries;
    entries.add_numbers(before_).add_numbers(terms_).add_numbers(now_);
    to.add(move_entries, std::move(entries));
    for (const char* sql : {move_bodies, move_letters, move_turns})
    {
        statement_values both;
        both.add_numbers(before_).add_numbers(now_);
        to.add(sql, std::move(both));
    }
    return 4;
}

} // namespace penstock::host
