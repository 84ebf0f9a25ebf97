// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/sqlite/rows.hpp"

#include <utility>

namespace penstock::host
{

namespace
{

constexpr const char* damaged_dead_letter = "the letter is damaged: its checksum does not match";

std::uint32_t sum_of(std::string_view text) noexcept
{
    checksum sum;
    sum.add(text);
    return sum.value();
}

// Reads the columns that a dead letter and its head begin with.
dead_letter begin_dead_letter(row_reader& row)
{
    dead_letter read;
    read.id = std::to_string(row.natural());
    read.entry = row.natural();
    read.graph = row.text();
    read.node = row.text();
    read.port = row.natural();
    read.component = row.text();
    read.reason = row.text();
    return read;
}

} // namespace

row_writer& row_writer::add(std::int64_t number)
{
    to_.bind(++column_, number);
    sum_.add(number);
    return *this;
}

row_writer& row_writer::add(std::string_view text)
{
    to_.bind(++column_, text);
    sum_.add(text);
    return *this;
}

row_writer& row_writer::add(const std::optional<sha256_digest>& digest)
{
    if (!digest)
        return add(std::int64_t{0});
    to_.bind(++column_, *digest);
    sum_.add(view_of(*digest));
    return *this;
}

void row_writer::finish()
{
    to_.bind(++column_, std::int64_t{sum_.value()});
}

std::int64_t row_reader::number()
{
    const std::int64_t number = from_.integer(column_++);
    sum_.add(number);
    return number;
}

std::string_view row_reader::text()
{
    const std::string_view text = from_.text(column_++);
    sum_.add(text);
    return text;
}

std::optional<sha256_digest> row_reader::digest()
{
    if (from_.is_number(column_))
    {
        number();
        return std::nullopt;
    }
    return digest_of(text()); // nothing: damaged, as the checksum tells
}

bool row_reader::is_whole()
{
    return from_.integer(column_++) == std::int64_t{sum_.value()};
}

void insert_entry(statement& to, const journal_entry& what)
{
    row_writer row(to);
    row.add(what.number).add(what.id.high).add(what.graph).add(what.key);
    row.add(micros_of(what.accepted)).add(std::uint64_t{what.size});
    row.add(what.idempotency_key).add(what.fingerprint).add(what.head.view());
    row.add(std::uint64_t{what.body.size()}).add(std::int64_t{sum_of(what.body.view())});
    row.finish();
    row.add_unsummed(what.body.view());
    to.run();
}

journal_entry damaged_entry(entry_number number, std::string_view graph, std::size_t size,
                            const numbering& ids)
{
    journal_entry damaged;
    damaged.number = number;
    damaged.id = ids.id(number, 0);
    damaged.graph = graph;
    damaged.size = size;
    return damaged;
}

journal_entry read_entry(const statement& from, const numbering& ids, with_body body)
{
    row_reader row(from);
    journal_entry read;
    read.number = row.natural();
    read.id = ids.id(read.number, row.natural());
    read.graph = row.text();
    read.key = row.text();
    read.accepted = time_of(row.number());
    read.size = row.natural();
    read.idempotency_key = row.text();
    read.fingerprint = row.digest();
    read.head = bytes::copy_of(row.text());
    const std::uint64_t body_size = row.natural();
    const std::int64_t body_sum = row.number();
    bool whole = row.is_whole();
    if (whole && body == with_body::yes)
    {
        std::string content(row.unsummed());
        whole = content.size() == body_size && std::int64_t{sum_of(content)} == body_sum;
        read.body = bytes(std::move(content));
    }
    return whole ? read : damaged_entry(read.number, read.graph, read.size, ids);
}

std::optional<kept_receipt> read_receipt(const statement& from, const numbering& ids)
{
    row_reader row(from);
    kept_receipt read;
    const entry_number number = row.natural();
    read.id = ids.id(number, row.natural());
    read.graph = row.text();
    read.accepted = time_of(row.number());
    row.number(); // when it ended
    read.durable = row.number() != 0;
    read.delivered = row.natural();
    read.dropped = row.natural();
    read.failed = row.natural();
    read.dead_count = row.natural();
    read.more = row.text();
    if (!row.is_whole())
        return std::nullopt;
    return read;
}

void insert_key(statement& to, const journal_entry& of, std::int64_t used)
{
    row_writer row(to);
    row.add(of.idempotency_key).add(of.number).add(of.id.high).add(of.fingerprint).add(used);
    row.finish();
    to.run();
}

std::optional<key_row> read_key(const statement& from, const numbering& ids)
{
    row_reader row(from);
    row.text();
    key_row read;
    read.number = row.natural();
    read.use.id = ids.id(read.number, row.natural());
    read.use.fingerprint = row.digest();
    read.used = row.number();
    if (!row.is_whole())
        return std::nullopt;
    return read;
}

void insert_dead_letter(statement& to, const dead_letter_row& from, std::int64_t kept)
{
    const dead_letter& what = from.what;
    row_writer row(to);
    row.add(from.number).add(what.entry).add(what.graph).add(what.node);
    row.add(std::uint64_t{what.port}).add(what.component).add(what.reason).add(from.packet);
    row.add(from.receipts).add(std::int64_t{what.attempts}).add(micros_of(what.time)).add(kept);
    row.add(std::uint64_t{from.bytes()}).finish();
    to.run();
}

dead_letter read_dead_letter(const statement& from)
{
    row_reader row(from);
    dead_letter read = begin_dead_letter(row);
    const std::string_view packet = row.text();
    const std::string_view receipts = row.text();
    read.attempts = static_cast<std::uint32_t>(row.number());
    read.time = time_of(row.number());
    row.number(); // when it was kept
    row.number(); // its bytes
    if (!row.is_whole())
    {
        dead_letter damaged;
        damaged.id = std::move(read.id);
        damaged.reason = damaged_dead_letter;
        return damaged;
    }
    read_json(read, packet, receipts);
    return read;
}

dead_letter read_dead_letter_head(const statement& from)
{
    row_reader row(from);
    dead_letter read = begin_dead_letter(row);
    read.attempts = static_cast<std::uint32_t>(row.number());
    read.time = time_of(row.number());
    read.left_out = row.natural();
    return read;
}

bool is_damaged(const dead_letter& what) noexcept
{
    return what.graph.empty() && what.reason == damaged_dead_letter;
}

void insert_blame(statement& to, const blame& what, std::int64_t kept)
{
    row_writer row(to);
    row.add(what.packet.high).add(what.packet.low).add(what.graph).add(what.node);
    row.add(what.component).add(what.reason).add(micros_of(what.time)).add(kept).finish();
    to.run();
}

std::optional<blame> read_blame(const statement& from)
{
    row_reader row(from);
    blame read;
    read.packet.high = row.natural();
    read.packet.low = row.natural();
    read.graph = row.text();
    read.node = row.text();
    read.component = row.text();
    read.reason = row.text();
    read.time = time_of(row.number());
    row.number(); // when it was kept
    if (!row.is_whole())
        return std::nullopt;
    return read;
}

} // namespace penstock::host
