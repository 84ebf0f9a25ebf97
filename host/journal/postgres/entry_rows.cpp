// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/postgres/entry_rows.hpp"

#include "host/journal/micros.hpp"

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
constexpr const char* insert_keys =
    "INSERT INTO penstock.keys SELECT *, $5::bigint FROM unnest($1::bytea[], $2::bigint[], "
    "$3::bigint[], $4::bytea[]) ON CONFLICT (key) DO UPDATE SET number = excluded.number, "
    "micros = excluded.micros, fingerprint = excluded.fingerprint, used = excluded.used";

// Bodies up to this size stand with their entries; larger ones have a table of their own.
constexpr std::size_t largest_body_inside = std::size_t{64} << 10;

std::optional<std::string_view> digest_view(const std::optional<sha256_digest>& digest)
{
    return digest ? std::optional(view_of(*digest)) : std::nullopt;
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
    if (!what.idempotency_key.empty())
        used_[what.idempotency_key] = &what;
}

std::size_t entry_rows::add_to(postgres_connection& to, std::int64_t now) const
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
    if (!used_.empty())
        add_keys(to, now);
    return 1U + (numbers_of_large_.empty() ? 0U : 1U) + (used_.empty() ? 0U : 1U);
}

void entry_rows::add_keys(postgres_connection& to, std::int64_t now) const
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
    values.add(now);
    to.add(insert_keys, std::move(values));
}

} // namespace penstock::host
