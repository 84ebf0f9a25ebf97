// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/postgres/entry_rows.hpp"

#include "host/journal/micros.hpp"

#include <cstring>
#include <optional>
#include <utility>

namespace penstock::host
{

namespace
{

constexpr const char* insert_entries =
    "INSERT INTO penstock.entries SELECT *, 0 FROM unnest($1::bigint[], $2::bigint[], $3::text[], "
    "$4::bytea[], $5::bigint[], $6::bigint[], $7::bytea[], $8::bytea[], $9::bytea[], $10::bytea[]) "
    "AS of(number, micros, graph, key, accepted, size, idempotency_key, fingerprint, head, body)";
constexpr const char* insert_bodies =
    "INSERT INTO penstock.bodies SELECT * FROM unnest($1::bigint[], $2::bytea[])";
constexpr const char* insert_turns =
    "INSERT INTO penstock.turns SELECT number, key, nextval('penstock.turns_given') "
    "FROM unnest($1::bigint[], $2::bigint[]) AS of(number, key)";
// By key, so that two hosts wait for each other in one order.
constexpr const char* insert_keys =
    "INSERT INTO penstock.keys AS k SELECT *, $5::bigint FROM unnest($1::bytea[], $2::bigint[], "
    "$3::bigint[], $4::bytea[]) ON CONFLICT (key) DO UPDATE SET number = excluded.number, "
    "micros = excluded.micros, fingerprint = excluded.fingerprint, used = excluded.used "
    "WHERE k.used < $6";
constexpr const char* delete_repeated =
    "WITH repeated AS (SELECT number FROM unnest($1::bytea[], $2::bigint[]) AS of(key, number) "
    "WHERE (SELECT k.number FROM penstock.keys k WHERE k.key = of.key) <> number), "
    "bodies AS (DELETE FROM penstock.bodies WHERE number = ANY (ARRAY(SELECT number FROM "
    "repeated))), "
    "turns AS (DELETE FROM penstock.turns WHERE number = ANY (ARRAY(SELECT number FROM repeated))) "
    "DELETE FROM penstock.entries WHERE number = ANY (ARRAY(SELECT number FROM repeated))";

// Bodies up to this size stand with their entries; larger ones have a table of their own.
constexpr std::size_t largest_body_inside = std::size_t{64} << 10;

std::optional<std::string_view> digest_view(const std::optional<sha256_digest>& digest)
{
    return digest ? std::optional(view_of(*digest)) : std::nullopt;
}

// Two keys with one hash are kept in order as one.
std::int64_t hash_of_key(const journal_entry& of)
{
    const sha256_digest digest = sha256(of.graph + '\0' + of.key);
    std::int64_t hash = 0;
    std::memcpy(&hash, digest.data(), sizeof hash);
    return hash;
}

} // namespace

void entry_rows::add(const journal_entry& what)
{
    const bool stands_apart = what.body.size() > largest_body_inside;
    numbers_.push_back(static_cast<std::int64_t>(what.number));
    micros_.push_back(static_cast<std::int64_t>(what.id.high));
    graphs_.emplace_back(what.graph);
    keys_.emplace_back(what.key);
    accepted_.push_back(micros_of(what.accepted));
    sizes_.push_back(static_cast<std::int64_t>(what.size));
    idempotency_keys_.emplace_back(what.idempotency_key);
    fingerprints_.push_back(digest_view(what.fingerprint));
    heads_.emplace_back(what.head.view());
    bodies_.push_back(stands_apart ? std::nullopt : std::optional(what.body.view()));
    if (stands_apart)
    {
        numbers_of_large_.push_back(numbers_.back());
        large_bodies_.emplace_back(what.body.view());
    }
    if (!what.key.empty())
    {
        in_turn_.push_back(numbers_.back());
        key_hashes_.push_back(hash_of_key(what));
    }
    if (!what.idempotency_key.empty())
        used_.emplace(what.idempotency_key, &what);
}

std::size_t entry_rows::add_to(postgres_connection& to, key_times times) const
{
    if (numbers_.empty())
        return 0;
    statement_values values;
    values.add_numbers(numbers_).add_numbers(micros_).add_texts(graphs_).add_bytes(keys_);
    values.add_numbers(accepted_).add_numbers(sizes_).add_bytes(idempotency_keys_);
    values.add_bytes(fingerprints_).add_bytes(heads_).add_bytes(bodies_);
    to.add(insert_entries, std::move(values));
    if (!numbers_of_large_.empty())
    {
        statement_values large;
        large.add_numbers(numbers_of_large_).add_bytes(large_bodies_);
        to.add(insert_bodies, std::move(large));
    }
    if (!in_turn_.empty())
    {
        statement_values turns;
        turns.add_numbers(in_turn_).add_numbers(key_hashes_);
        to.add(insert_turns, std::move(turns));
    }
    if (!used_.empty())
        add_keys(to, times);
    return 1U + (numbers_of_large_.empty() ? 0U : 1U) + (in_turn_.empty() ? 0U : 1U) +
           (used_.empty() ? 0U : 2U);
}

void entry_rows::add_keys(postgres_connection& to, key_times times) const
{
    std::vector<std::int64_t> entries;
    std::vector<std::int64_t> micros;
    blobs keys;
    blobs fingerprints;
    for (const auto& [key, entry] : used_)
    {
        keys.emplace_back(key);
        entries.push_back(static_cast<std::int64_t>(entry->number));
        micros.push_back(static_cast<std::int64_t>(entry->id.high));
        fingerprints.push_back(digest_view(entry->fingerprint));
    }
    statement_values values;
    values.add_bytes(keys).add_numbers(entries).add_numbers(micros).add_bytes(fingerprints);
    values.add(times.now).add(times.since);
    to.add(insert_keys, std::move(values));
    statement_values all;
    all.add_bytes(idempotency_keys_).add_numbers(numbers_);
    to.add(delete_repeated, std::move(all));
}

} // namespace penstock::host
