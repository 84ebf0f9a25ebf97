// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/postgres/receipt_rows.hpp"

#include "host/journal/micros.hpp"

#include <utility>

namespace penstock::host
{

namespace
{

constexpr const char* insert_receipts =
    "INSERT INTO penstock.receipts SELECT number, micros, graph, accepted, $2::bigint, durable <> "
    "0, "
    "delivered, dropped, failed, dead, more FROM unnest($1::bigint[], $3::bigint[], $4::text[], "
    "$5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], "
    "$11::bytea[]) AS of(number, micros, graph, accepted, durable, delivered, dropped, failed, "
    "dead, "
    "more) ON CONFLICT (number) DO NOTHING";

} // namespace

void receipt_rows::add(entry_number number, const kept_receipt& what)
{
    numbers_.push_back(static_cast<std::int64_t>(number));
    micros_.push_back(static_cast<std::int64_t>(what.id.high));
    graphs_.emplace_back(what.graph);
    accepted_.push_back(micros_of(what.accepted));
    durable_.push_back(what.durable ? 1 : 0);
    delivered_.push_back(static_cast<std::int64_t>(what.delivered));
    dropped_.push_back(static_cast<std::int64_t>(what.dropped));
    failed_.push_back(static_cast<std::int64_t>(what.failed));
    dead_.push_back(static_cast<std::int64_t>(what.dead_count));
    more_.emplace_back(what.more);
}

std::size_t receipt_rows::add_to(postgres_connection& to, std::int64_t now) const
{
    if (numbers_.empty())
        return 0;
    statement_values values;
    values.add_numbers(numbers_).add(now).add_numbers(micros_).add_texts(graphs_);
    values.add_numbers(accepted_).add_numbers(durable_).add_numbers(delivered_);
    values.add_numbers(dropped_).add_numbers(failed_).add_numbers(dead_).add_bytes(more_);
    to.add(insert_receipts, std::move(values));
    return 1;
}

} // namespace penstock::host
