// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/postgres/postgres_reader.hpp"

#include "host/journal/letters/dead_letter_row.hpp"
#include "host/journal/letters/letter_source.hpp"
#include "host/journal/micros.hpp"
#include "host/journal/postgres/postgres_schema.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

namespace penstock::host
{

namespace
{

constexpr std::chrono::seconds read_patience{10};

std::optional<sha256_digest> digest_in(const statement_result& rows, int row, int column)
{
    return rows.is_null(row, column) ? std::nullopt : digest_of(rows.text(row, column));
}

dead_letter letter_head(const statement_result& rows, int row)
{
    dead_letter made;
    made.id = std::to_string(rows.natural(row, 0));
    made.entry = rows.natural(row, 1);
    made.graph = rows.text(row, 2);
    made.node = rows.text(row, 3);
    made.port = rows.natural(row, 4);
    made.component = rows.text(row, 5);
    made.reason = rows.text(row, 6);
    made.attempts = static_cast<std::uint32_t>(rows.number(row, 7));
    made.time = time_of(rows.number(row, 8));
    return made;
}

} // namespace

postgres_reader::postgres_reader(const std::string& connection, number_range range,
                                 const numbering& ids)
    : session_(connection, "penstock journal reader"), range_(range), ids_(ids)
{
}

// Under the lock. A session that was lost since it was used last is opened anew.
statement_result postgres_reader::ask(const char* sql, statement_values values)
{
    const auto until = postgres_connection::clock::now() + read_patience;
    if (session_.is_open())
    {
        try
        {
            return session_.ask(sql, until, values);
        }
        catch (const database_away&)
        {
            // Perhaps it is back.
        }
    }
    session_.open();
    prefer_indexes(session_, until);
    return session_.ask(sql, until, std::move(values));
}

journal_entry postgres_reader::entry_in(const statement_result& rows, int row) const
{
    journal_entry made;
    made.number = rows.natural(row, 0);
    const entry_number origin = rows.natural(row, 10);
    made.id = ids_.id(origin != 0 ? origin : made.number, rows.natural(row, 1));
    made.graph = rows.text(row, 2);
    made.key = rows.text(row, 3);
    made.accepted = time_of(rows.number(row, 4));
    made.size = rows.natural(row, 5);
    made.idempotency_key = rows.text(row, 6);
    made.fingerprint = digest_in(rows, row, 7);
    made.head = bytes::copy_of(rows.text(row, 8));
    made.body = bytes(std::string(rows.text(row, 9)));
    return made;
}

std::vector<journal_entry> postgres_reader::next(std::string_view graph, entry_number after,
                                                 read_limits limits)
{
    std::lock_guard lock(mutex_);
    statement_values which;
    which.add(graph).add(std::max(after + 1, range_.first())).add(range_.last());
    which.add(std::uint64_t{limits.entries}).add(std::uint64_t{limits.bytes});
    // As many as the limits allow, and one in any case.
    const statement_result rows = ask(
        "WITH first AS (SELECT e.number, e.size FROM penstock.entries e "
        "WHERE e.graph = $1 AND e.number BETWEEN $2 AND $3 AND NOT EXISTS "
        "(SELECT FROM penstock.receipts r WHERE r.number = e.number) "
        "ORDER BY e.number LIMIT $4), "
        "sums AS (SELECT number, sum(size) OVER (ORDER BY number) - size AS before FROM first) "
        "SELECT e.number, e.micros, e.graph, e.key, e.accepted, e.size, e.idempotency_key, "
        "e.fingerprint, e.head, coalesce(e.body, b.body), e.origin FROM sums JOIN "
        "penstock.entries e "
        "USING (number) LEFT JOIN penstock.bodies b USING (number) WHERE before < greatest($5, 1) "
        "ORDER BY e.number",
        std::move(which));
    std::vector<journal_entry> read;
    for (int row = 0; row < rows.rows(); ++row)
        read.push_back(entry_in(rows, row));
    return read;
}

std::vector<pending_of_graph> postgres_reader::pending()
{
    std::lock_guard lock(mutex_);
    statement_values which;
    which.add(range_.first()).add(range_.last());
    const statement_result rows =
        ask("SELECT e.graph, count(*), sum(e.size)::bigint, max(e.number) FROM penstock.entries e "
            "WHERE e.number BETWEEN $1 AND $2 AND NOT EXISTS "
            "(SELECT FROM penstock.receipts r WHERE r.number = e.number) "
            "GROUP BY e.graph ORDER BY e.graph",
            std::move(which));
    std::vector<pending_of_graph> read;
    for (int row = 0; row < rows.rows(); ++row)
        read.push_back({std::string(rows.text(row, 0)), rows.natural(row, 1), rows.natural(row, 2),
                        rows.natural(row, 3)});
    return read;
}

std::optional<journal_entry> postgres_reader::pending(packet_id id)
{
    std::lock_guard lock(mutex_);
    statement_values which;
    which.add(ids_.number(id)).add(id.high);
    const statement_result rows =
        ask("SELECT e.number, e.micros, e.graph, e.accepted, e.size FROM penstock.entries e "
            "WHERE (e.number = $1 OR e.origin = $1) AND e.micros = $2 AND NOT EXISTS "
            "(SELECT FROM penstock.receipts r WHERE r.number = e.number)",
            std::move(which));
    if (rows.rows() == 0)
        return std::nullopt;
    journal_entry read;
    read.number = rows.natural(0, 0);
    read.id = id;
    read.graph = rows.text(0, 2);
    read.accepted = time_of(rows.number(0, 3));
    read.size = rows.natural(0, 4);
    return read;
}

std::optional<kept_receipt> postgres_reader::receipt(packet_id id)
{
    std::lock_guard lock(mutex_);
    statement_values which;
    which.add(ids_.number(id)).add(id.high);
    const statement_result rows =
        ask("SELECT graph, accepted, durable, delivered, dropped, failed, dead, more "
            "FROM penstock.receipts WHERE number = $1 AND micros = $2",
            std::move(which));
    if (rows.rows() == 0)
        return std::nullopt;
    kept_receipt read;
    read.id = id;
    read.graph = rows.text(0, 0);
    read.accepted = time_of(rows.number(0, 1));
    read.durable = rows.boolean(0, 2);
    read.delivered = rows.natural(0, 3);
    read.dropped = rows.natural(0, 4);
    read.failed = rows.natural(0, 5);
    read.dead_count = rows.natural(0, 6);
    read.more = rows.text(0, 7);
    return read;
}

std::vector<key_turn> postgres_reader::turns(const std::vector<entry_number>& numbers)
{
    std::lock_guard lock(mutex_);
    statement_values which;
    which.add_numbers(std::vector<std::int64_t>(numbers.begin(), numbers.end()));
    const statement_result rows = ask(
        "SELECT n.number, n.turn, NOT EXISTS (SELECT FROM penstock.turns e WHERE e.key = n.key AND "
        "e.turn < n.turn AND (e.number >> 48 <> n.number >> 48 OR e.number > n.number)) "
        "FROM penstock.turns n WHERE n.number = ANY ($1::bigint[])",
        std::move(which));
    std::vector<key_turn> read;
    for (int row = 0; row < rows.rows(); ++row)
        read.push_back({rows.natural(row, 0), rows.number(row, 1), rows.boolean(row, 2)});
    return read;
}

std::optional<used_key> postgres_reader::key(std::string_view idempotency_key, std::int64_t since)
{
    std::lock_guard lock(mutex_);
    statement_values which;
    which.add_bytes(idempotency_key).add(since);
    const statement_result rows =
        ask("SELECT number, micros, fingerprint FROM penstock.keys WHERE key = $1 AND used >= $2",
            std::move(which));
    if (rows.rows() == 0)
        return std::nullopt;
    return used_key{ids_.id(rows.natural(0, 0), rows.natural(0, 1)), digest_in(rows, 0, 2)};
}

void postgres_reader::dead_letters(const dead_letter_filter& which,
                                   const dead_letter_limits& limits, dead_letter_page& into)
{
    while (!into.is_full && add_letters(which, limits, into))
        continue;
}

// Some at a time, each under a lock of its own. Of one that is too large the begin is read.
bool postgres_reader::add_letters(const dead_letter_filter& which, const dead_letter_limits& limits,
                                  dead_letter_page& into)
{
    constexpr std::size_t most = 50;
    std::lock_guard lock(mutex_);
    statement_values asked;
    asked.add(into.below).add(which.graph).add(which.node).add_bytes(which.reason);
    asked.add(std::uint64_t{std::min(most, limits.count - into.letters.size())});
    asked.add(static_cast<std::int64_t>(
        std::min(limits.packet, std::size_t{std::numeric_limits<std::int64_t>::max()})));
    asked.add(std::uint64_t{longest_letter_source});
    const statement_result rows =
        ask("SELECT number, entry, graph, node, port, component, reason, attempts, time, bytes, "
            "CASE WHEN bytes <= $6 THEN packet ELSE substring(packet FROM 1 FOR $7::int) END, "
            "CASE WHEN bytes <= $6 THEN receipts END FROM penstock.letters WHERE number < $1 "
            "AND ($2 = '' OR graph = $2) AND ($3 = '' OR node = $3) "
            "AND (length($4) = 0 OR position($4 IN reason) > 0) ORDER BY number DESC LIMIT $5",
            std::move(asked));
    for (int row = 0; row < rows.rows() && !into.is_full; ++row)
    {
        dead_letter one = letter_head(rows, row);
        into.below = rows.natural(row, 0);
        const std::size_t bytes = rows.natural(row, 9);
        if (rows.is_null(row, 11))
        {
            one.left_out = bytes;
            one.packet = letter_source_in(rows.text(row, 10));
            const std::size_t read = one.reason.size();
            into.add(std::move(one), read, limits);
            continue;
        }
        read_json(one, rows.text(row, 10), rows.text(row, 11));
        into.add(std::move(one), bytes, limits);
    }
    return rows.rows() > 0;
}

std::optional<dead_letter> postgres_reader::find_dead_letter(std::uint64_t number)
{
    std::lock_guard lock(mutex_);
    statement_values which;
    which.add(number);
    const statement_result rows =
        ask("SELECT number, entry, graph, node, port, component, reason, attempts, time, packet, "
            "receipts FROM penstock.letters WHERE number = $1",
            std::move(which));
    if (rows.rows() == 0)
        return std::nullopt;
    dead_letter read = letter_head(rows, 0);
    read_json(read, rows.text(0, 9), rows.text(0, 10));
    return read;
}

std::optional<journal_entry> postgres_reader::original(entry_number number)
{
    std::lock_guard lock(mutex_);
    statement_values which;
    which.add(number);
    const statement_result rows = ask(
        "SELECT number, micros, graph, key, accepted, size, idempotency_key, fingerprint, head, "
        "body, origin FROM penstock.originals WHERE number = $1 UNION ALL "
        "SELECT e.number, e.micros, e.graph, e.key, e.accepted, e.size, e.idempotency_key, "
        "e.fingerprint, e.head, coalesce(e.body, b.body), e.origin FROM penstock.entries e "
        "LEFT JOIN penstock.bodies b USING (number) WHERE e.number = $1 AND NOT EXISTS "
        "(SELECT FROM penstock.receipts r WHERE r.number = e.number) LIMIT 1",
        std::move(which));
    if (rows.rows() == 0)
        return std::nullopt;
    return entry_in(rows, 0);
}

std::vector<blame> postgres_reader::blames(std::int64_t since)
{
    std::lock_guard lock(mutex_);
    statement_values which;
    which.add(since);
    const statement_result rows = ask("SELECT high, low, graph, node, component, reason, time "
                                      "FROM penstock.blames WHERE kept >= $1 ORDER BY number",
                                      std::move(which));
    std::vector<blame> read;
    for (int row = 0; row < rows.rows(); ++row)
    {
        blame& one = read.emplace_back();
        one.packet = {rows.natural(row, 0), rows.natural(row, 1)};
        one.graph = rows.text(row, 2);
        one.node = rows.text(row, 3);
        one.component = rows.text(row, 4);
        one.reason = rows.text(row, 5);
        one.time = time_of(rows.number(row, 6));
    }
    return read;
}

} // namespace penstock::host
