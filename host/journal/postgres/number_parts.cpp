// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/postgres/number_parts.hpp"

#include <iterator>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace penstock::host
{

namespace
{

constexpr unsigned part_bits = 16;
static_assert(numbers_of_part == std::uint64_t{1} << part_bits);

// As many entries, and bytes of them, may be laid aside at a time.
constexpr std::uint64_t few_left = numbers_of_part / 64;
constexpr std::uint64_t little_left = std::uint64_t{16} << 20;

// Tables are made and dropped by one session at a time, so that none waits for another that waits
// for it. Who drops one does not wait for readers, as those of a backup: everybody else would wait
// behind.
constexpr const char* lock_tables = "SELECT pg_advisory_xact_lock(1348824691, -1)";
constexpr const char* wait_for_nobody = "SET LOCAL lock_timeout = '100ms'";

std::string table_of(std::string_view what, std::uint64_t part)
{
    return "penstock." + std::string(what) + "_" + std::to_string(part);
}

std::string creation_of(std::string_view what, std::uint64_t part)
{
    return "CREATE TABLE IF NOT EXISTS " + table_of(what, part) + " PARTITION OF penstock." +
           std::string(what) + " FOR VALUES FROM (" + std::to_string(part << part_bits) + ") TO (" +
           std::to_string((part + 1) << part_bits) + ")";
}

std::uint64_t part_of(std::int64_t number)
{
    return static_cast<std::uint64_t>(number) >> part_bits;
}

} // namespace

number_parts::number_parts(postgres_connection& from, number_range range,
                           postgres_connection::clock::time_point until)
    : range_(range)
{
    read_names(from, until);
    statement_values own;
    own.add(range_.first()).add(range_.last());
    const statement_result pending =
        from.ask("SELECT e.number >> 16, count(*) FROM penstock.entries e "
                 "WHERE e.number BETWEEN $1 AND $2 AND NOT EXISTS "
                 "(SELECT FROM penstock.receipts r WHERE r.number = e.number) GROUP BY 1",
                 until, own);
    for (int row = 0; row < pending.rows(); ++row)
        if (const auto found = parts_.find(pending.natural(row, 0)); found != parts_.end())
            found->second.pending = pending.natural(row, 1);
    const statement_result receipts =
        from.ask("SELECT number >> 16, count(*) FROM penstock.receipts "
                 "WHERE number BETWEEN $1 AND $2 GROUP BY 1",
                 until, std::move(own));
    for (int row = 0; row < receipts.rows(); ++row)
        if (const auto found = parts_.find(receipts.natural(row, 0)); found != parts_.end())
            found->second.receipts = receipts.natural(row, 1);
    look_aside(from, until);
}

void number_parts::read_names(postgres_connection& from,
                              postgres_connection::clock::time_point until)
{
    std::map<part_number, part> read;
    for (const std::string_view what : {"receipts", "entries"})
    {
        statement_values parent;
        parent.add("penstock." + std::string(what));
        const statement_result names =
            from.ask("SELECT c.relname::text FROM pg_inherits i JOIN pg_class c "
                     "ON c.oid = i.inhrelid WHERE i.inhparent = $1::text::regclass",
                     until, std::move(parent));
        for (int row = 0; row < names.rows(); ++row)
        {
            const std::string digits(names.text(row, 0).substr(what.size() + 1));
            if (digits.find_first_not_of("0123456789") != std::string::npos)
                continue; // the one for what has no table
            const part_number number = std::stoull(digits);
            if (!is_own(static_cast<std::int64_t>(number << part_bits)))
                continue;
            if (what == "receipts")
                read[number] = parts_[number];
            if (const auto found = read.find(number); found != read.end())
                found->second.has_entries = what == "entries";
        }
    }
    parts_ = std::move(read);
}

bool number_parts::is_own(std::int64_t number) const noexcept
{
    const auto all = static_cast<entry_number>(number);
    return all >= range_.first() && all <= range_.last();
}

void number_parts::require(postgres_connection& to, numbers appended, numbers ended,
                           postgres_connection::clock::time_point until)
{
    std::set<part_number> missing;
    for (const std::int64_t each : appended)
        if (const auto found = parts_.find(part_of(each));
            found == parts_.end() || !found->second.has_entries)
            missing.insert(part_of(each));
    for (const std::int64_t each : ended) // those of a table that was dropped lie aside
        if (is_own(each) && (parts_.empty() || part_of(each) > parts_.rbegin()->first))
            missing.insert(part_of(each));
    for (const part_number each : missing)
    {
        to.add(lock_tables);
        for (const char* what : {"entries", "bodies", "receipts"})
            to.add_once(creation_of(what, each));
        to.run(until);
        parts_[each].has_entries = true;
    }
}

void number_parts::count(numbers appended, numbers finished, numbers ended)
{
    for (const std::int64_t each : appended)
        ++parts_[part_of(each)].pending;
    for (const std::int64_t each : finished)
        if (const auto found = parts_.find(part_of(each));
            found != parts_.end() && found->second.pending > 0)
            --found->second.pending;
    for (const std::int64_t each : ended)
        if (const auto found = parts_.find(part_of(each)); found != parts_.end())
            ++found->second.receipts;
}

void number_parts::add_deletions(postgres_connection& to, numbers finished) const
{
    if (finished.empty())
        return;
    statement_values values;
    values.add_numbers(finished);
    to.add("DELETE FROM penstock.bodies WHERE number = ANY ($1::bigint[])", values);
    to.add("DELETE FROM penstock.turns WHERE number = ANY ($1::bigint[])", values);
    if (has_aside_)
        to.add("DELETE FROM penstock.entries_kept WHERE number = ANY ($1::bigint[])",
               std::move(values));
}

void number_parts::look_aside(postgres_connection& to, postgres_connection::clock::time_point until)
{
    statement_values own;
    own.add(range_.first()).add(range_.last());
    has_aside_ = to.ask("SELECT EXISTS (SELECT FROM penstock.entries_kept "
                        "WHERE number BETWEEN $1 AND $2)",
                        until, std::move(own))
                     .boolean(0, 0);
}

void number_parts::drop_old(postgres_connection& to, std::int64_t before, std::uint64_t most,
                            postgres_connection::clock::time_point until)
{
    look_aside(to, until);
    if (parts_.empty())
        return;
    const part_number newest = parts_.rbegin()->first;
    for (auto& [number, each] : parts_)
        if (number != newest && each.has_entries && each.pending <= few_left)
            drop_entries(to, number, until);
    std::uint64_t all = 0;
    for (const auto& [number, each] : parts_)
        all += each.receipts;
    while (parts_.size() > 1 && !parts_.begin()->second.has_entries)
    {
        const auto [oldest, content] = *parts_.begin();
        statement_values which;
        which.add(oldest << part_bits).add(((oldest + 1) << part_bits) - 1);
        const statement_result ended = to.ask(
            "SELECT coalesce(max(ended), 0) FROM penstock.receipts WHERE number BETWEEN $1 AND $2",
            until, std::move(which));
        if (ended.number(0, 0) >= before && all - content.receipts < most)
            return;
        drop_receipts(to, oldest, until);
        all -= content.receipts;
    }
}

void number_parts::drop_entries(postgres_connection& to,
                                postgres_connection::clock::time_point until)
{
    for (const auto& [number, each] : parts_)
        if (each.has_entries && each.pending == 0)
            drop_entries(to, number, until);
}

// What is pending goes aside, where numbers lie that have no table.
void number_parts::drop_entries(postgres_connection& to, part_number which,
                                postgres_connection::clock::time_point until)
{
    part& of = parts_[which];
    const std::string entries = table_of("entries", which);
    const std::string bodies = table_of("bodies", which);
    const std::string left =
        " x WHERE NOT EXISTS (SELECT FROM penstock.receipts r WHERE r.number = x.number)";
    to.add_once("SELECT count(*), coalesce(sum(size), 0)::bigint FROM " + entries + left);
    const std::vector<statement_result> found = to.run(until);
    of.pending = found.front().natural(0, 0);
    if (of.pending > few_left || found.front().natural(0, 1) > little_left)
        return;
    to.add(lock_tables);
    to.add(wait_for_nobody);
    to.add_once("CREATE TEMPORARY TABLE entries_left ON COMMIT DROP AS SELECT * FROM " + entries +
                left);
    to.add_once("CREATE TEMPORARY TABLE bodies_left ON COMMIT DROP AS SELECT * FROM " + bodies +
                left);
    to.add_once("DROP TABLE " + entries);
    to.add_once("DROP TABLE " + bodies);
    to.add_once("INSERT INTO penstock.entries SELECT * FROM entries_left");
    to.add_once("INSERT INTO penstock.bodies SELECT * FROM bodies_left");
    to.run(until);
    has_aside_ |= of.pending > 0;
    of.pending = 0;
    of.has_entries = false;
}

void number_parts::drop_receipts(postgres_connection& to, part_number which,
                                 postgres_connection::clock::time_point until)
{
    to.add(lock_tables);
    to.add(wait_for_nobody);
    to.add_once("DROP TABLE IF EXISTS " + table_of("receipts", which));
    to.run(until);
    parts_.erase(which);
}

} // namespace penstock::host
