// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/postgres/postgres_group.hpp"

#include "host/journal/micros.hpp"

#include <utility>
#include <variant>

namespace penstock::host
{

namespace
{

constexpr const char* keep_originals =
    "INSERT INTO penstock.originals SELECT e.number, e.micros, e.graph, e.key, e.accepted, e.size, "
    "e.idempotency_key, e.fingerprint, e.head, coalesce(e.body, b.body), e.origin "
    "FROM penstock.entries e LEFT JOIN penstock.bodies b USING (number) "
    "WHERE e.number = ANY ($1::bigint[]) "
    "AND EXISTS (SELECT FROM penstock.letters l WHERE l.entry = e.number) "
    "ON CONFLICT (number) DO NOTHING RETURNING graph, size";
constexpr const char* drop_letter =
    "WITH gone AS (DELETE FROM penstock.letters WHERE number = $1 RETURNING entry, graph, bytes), "
    "freed AS (DELETE FROM penstock.originals o USING gone WHERE o.number = gone.entry "
    "AND NOT EXISTS (SELECT FROM penstock.letters l WHERE l.entry = o.number AND l.number <> $1) "
    "RETURNING o.size) "
    "SELECT graph, bytes + coalesce((SELECT size FROM freed), 0) FROM gone";
constexpr const char* find_entries =
    "SELECT number FROM penstock.entries WHERE number = ANY ($1::bigint[])";
constexpr const char* insert_blame =
    "INSERT INTO penstock.blames(high, low, graph, node, component, reason, time, kept) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
constexpr const char* delete_blames = "DELETE FROM penstock.blames WHERE graph = $1";

std::int64_t signed_of(std::uint64_t number)
{
    return static_cast<std::int64_t>(number);
}

std::set<entry_number> numbers_in(const statement_result& answer)
{
    std::set<entry_number> found;
    for (int row = 0; row < answer.rows(); ++row)
        found.insert(answer.natural(row, 0));
    return found;
}

} // namespace

postgres_group::postgres_group(operation_group& operations, key_times times, bool has_letters,
                               const numbering& ids)
    : operations_(operations), times_(times), has_letters_(has_letters)
{
    for (const operation& each : operations_)
    {
        if (const auto* append = std::get_if<append_operation>(&each))
            add(*append->what);
        else if (const auto* done = std::get_if<done_operation>(&each))
            add(*done, ids);
        else if (const auto* dead = std::get_if<dead_operation>(&each))
            letters_.add(*dead->dead_letter);
    }
    has_letters_ |= !letters_.empty();
}

void postgres_group::add(const journal_entry& what)
{
    appended_.push_back(signed_of(what.number));
    if (what.taken_from == 0)
        entries_.add(what);
    else
        moves_.add(what);
}

// One that was another host's is looked for under the number that its id was made of.
void postgres_group::add(const done_operation& what, const numbering& ids)
{
    ended_.push_back(signed_of(what.number));
    if (what.journalled)
        finished_.push_back(signed_of(what.number));
    receipts_.add(what.number, *what.receipt);
    if (const entry_number origin = ids.number(what.receipt->id); origin != what.number)
        receipts_.add(origin, *what.receipt);
}

// In an order of its own, which leads to the same end: what an entry's end and its dead letters
// need of each other is looked at when all of them are there.
void postgres_group::add_to(postgres_connection& to)
{
    originals_.reset();
    there_.reset();
    answers_ = entries_.add_to(to, times_);
    answers_ += moves_.add_to(to);
    if (!is_certain())
        there_ = add(to, find_entries, std::move(statement_values().add_numbers(appended_)));
    answers_ += receipts_.add_to(to, times_.now);
    answers_ += letters_.add_to(to, times_.now);
    if (has_letters_ && !finished_.empty())
    {
        statement_values values;
        values.add_numbers(finished_);
        originals_ = add(to, keep_originals, std::move(values));
    }
    first_drop_ = answers_;
    add_others(to);
}

std::size_t postgres_group::add(postgres_connection& to, const char* sql, statement_values values)
{
    to.add(sql, std::move(values));
    return answers_++;
}

void postgres_group::add_others(postgres_connection& to)
{
    for (const operation& each : operations_)
    {
        statement_values values;
        if (const auto* drop = std::get_if<drop_operation>(&each))
            add(to, drop_letter, std::move(values.add(drop->dead_letter)));
        else if (const auto* suspect = std::get_if<suspect_operation>(&each))
        {
            const blame& what = suspect->what;
            values.add(what.packet.high).add(what.packet.low).add(what.graph).add(what.node);
            values.add(what.component)
                .add_bytes(what.reason)
                .add(micros_of(what.time))
                .add(times_.now);
            add(to, insert_blame, std::move(values));
        }
        else if (const auto* clear = std::get_if<clear_operation>(&each))
            add(to, delete_blames, std::move(values.add(clear->graph)));
    }
}

void postgres_group::committed(std::span<const statement_result> answers,
                               dead_letter_ledger& usages)
{
    if (there_)
        note_there(numbers_in(answers[*there_]));
    if (originals_)
        for (int row = 0; row < answers[*originals_].rows(); ++row)
            usages.add(answers[*originals_].text(row, 0), answers[*originals_].number(row, 1));
    std::size_t next = first_drop_;
    for (operation& each : operations_)
    {
        if (const auto* dead = std::get_if<dead_operation>(&each))
        {
            usages.add(dead->dead_letter->what.graph, signed_of(dead->dead_letter->bytes()));
            ++new_letters_;
        }
        else if (auto* drop = std::get_if<drop_operation>(&each))
        {
            const statement_result& gone = answers[next++];
            drop->found = gone.rows() > 0;
            if (!drop->found)
                continue;
            usages.add(gone.text(0, 0), -gone.number(0, 1));
            --new_letters_;
        }
        else if (std::holds_alternative<suspect_operation>(each) ||
                 std::holds_alternative<clear_operation>(each))
            ++next;
    }
    usages.commit();
}

// What is not there was another host's, and still is, or its key is in use.
void postgres_group::note_there(const std::set<entry_number>& there)
{
    appended_.clear();
    for (operation& each : operations_)
        if (auto* append = std::get_if<append_operation>(&each))
        {
            append->found = there.contains(append->what->number);
            if (append->found)
                appended_.push_back(signed_of(append->what->number));
        }
}

void postgres_group::committed_unheard(postgres_connection& from,
                                       postgres_connection::clock::time_point until)
{
    for (operation& each : operations_)
        if (auto* drop = std::get_if<drop_operation>(&each))
            drop->found = true;
    if (!is_certain())
        note_there(numbers_in(
            from.ask(find_entries, until, std::move(statement_values().add_numbers(appended_)))));
}

} // namespace penstock::host
