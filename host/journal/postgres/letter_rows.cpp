// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/postgres/letter_rows.hpp"

#include "host/journal/micros.hpp"

#include <utility>

namespace penstock::host
{

namespace
{

constexpr const char* insert_letters =
    "INSERT INTO penstock.letters SELECT number, entry, graph, node, port, component, reason, "
    "packet, receipts, attempts, time, $2::bigint, bytes FROM unnest($1::bigint[], $3::bigint[], "
    "$4::text[], $5::text[], $6::bigint[], $7::text[], $8::bytea[], $9::bytea[], $10::bytea[], "
    "$11::bigint[], $12::bigint[], $13::bigint[]) AS of(number, entry, graph, node, port, "
    "component, reason, packet, receipts, attempts, time, bytes) ON CONFLICT (number) DO NOTHING";

} // namespace

void letter_rows::add(const dead_letter_row& row)
{
    numbers_.push_back(static_cast<std::int64_t>(row.number));
    entries_.push_back(static_cast<std::int64_t>(row.what.entry));
    graphs_.emplace_back(row.what.graph);
    nodes_.emplace_back(row.what.node);
    ports_.push_back(static_cast<std::int64_t>(row.what.port));
    components_.emplace_back(row.what.component);
    reasons_.emplace_back(row.what.reason);
    packets_.emplace_back(row.packet);
    receipts_.emplace_back(row.receipts);
    attempts_.push_back(row.what.attempts);
    times_.push_back(micros_of(row.what.time));
    bytes_.push_back(static_cast<std::int64_t>(row.bytes()));
}

std::size_t letter_rows::add_to(postgres_connection& to, std::int64_t now) const
{
    if (numbers_.empty())
        return 0;
    statement_values values;
    values.add_numbers(numbers_).add(now).add_numbers(entries_).add_texts(graphs_);
    values.add_texts(nodes_).add_numbers(ports_).add_texts(components_).add_bytes(reasons_);
    values.add_bytes(packets_).add_bytes(receipts_).add_numbers(attempts_).add_numbers(times_);
    values.add_numbers(bytes_);
    to.add(insert_letters, std::move(values));
    return 1;
}

} // namespace penstock::host
