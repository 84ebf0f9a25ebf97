// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal_queries.hpp"
#include "host/journal/letters/dead_letter_row.hpp"
#include "host/journal/micros.hpp"
#include "host/journal/numbering.hpp"
#include "host/journal/sqlite/checksum.hpp"
#include "host/journal/sqlite/sqlite_file.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host
{

/// Binds the columns of a row in order, and their checksum after them.
class row_writer
{
public:
    explicit row_writer(statement& to) : to_(to) {}

    row_writer& add(std::int64_t number);
    row_writer& add(std::uint64_t number) { return add(static_cast<std::int64_t>(number)); }
    row_writer& add(std::string_view text);
    row_writer& add(const std::optional<sha256_digest>& digest);

    /// Binds the checksum; what is bound after it is not in it.
    void finish();

    /// Binds a column that has a checksum of its own.
    void add_unsummed(std::string_view text) { to_.bind(++column_, text); }

private:
    statement& to_;
    checksum sum_;
    int column_ = 0;
};

/// Reads the columns of a row in order, and tells whether the checksum after them is theirs.
class row_reader
{
public:
    explicit row_reader(const statement& from) : from_(from) {}

    std::int64_t number();
    std::uint64_t natural() { return static_cast<std::uint64_t>(number()); }
    std::string_view text();

    /// Nothing for a number: version 1 of the tables had numbers that other programs cannot make.
    std::optional<sha256_digest> digest();
    bool is_whole();
    std::string_view unsummed() { return from_.text(column_++); }

private:
    const statement& from_;
    checksum sum_;
    int column_ = 0;
};

/// Whether the body of an entry is read, which may be large.
enum class with_body : bool
{
    no = false,
    yes = true
};

// Each insert_… binds one row to a statement and runs it.

// The columns of each table in the order of row_writer and row_reader; `sum` is the checksum of
// those before it.
inline constexpr const char* entry_columns =
    "number, micros, graph, key, accepted, size, idempotency_key, fingerprint, head, body_size, "
    "body_sum, sum, body";
inline constexpr const char* receipt_columns =
    "number, micros, graph, accepted, ended, durable, delivered, dropped, failed, dead, more, sum";
inline constexpr const char* key_columns = "key, number, micros, fingerprint, used, sum";
inline constexpr const char* dead_letter_columns =
    "number, entry, graph, node, port, component, reason, packet, receipts, attempts, time, kept, "
    "bytes, sum";
inline constexpr const char* blame_columns =
    "high, low, graph, node, component, reason, time, kept, sum";

void insert_entry(statement& to, const journal_entry& what);

/// Reads an entry; one that is damaged has but a number, an id and a graph, `graph`.
journal_entry read_entry(const statement& from, const numbering& ids, with_body body);

/// What is left of an entry that cannot be read.
journal_entry damaged_entry(entry_number number, std::string_view graph, std::size_t size,
                            const numbering& ids);

/// Reads a receipt of a row of its own, as version 2 had them; nothing if it is damaged.
std::optional<kept_receipt> read_receipt(const statement& from, const numbering& ids);

/// A row of the table of keys.
struct key_row
{
    entry_number number = 0;
    used_key use;
    std::int64_t used = 0;
};

void insert_key(statement& to, const journal_entry& of, std::int64_t used);
std::optional<key_row> read_key(const statement& from, const numbering& ids);

void insert_dead_letter(statement& to, const dead_letter_row& row, std::int64_t kept);

/// Reads a dead letter; of one that is damaged there are the id, and a reason that says so.
dead_letter read_dead_letter(const statement& from);

// The columns of a dead letter in the order of read_dead_letter_head(), which does not read the
// packet.
inline constexpr const char* dead_letter_head_columns =
    "number, entry, graph, node, port, component, reason, attempts, time, bytes";

/// Reads what a list tells of a dead letter. Its checksum is not looked at, for that is of the
/// packet too.
dead_letter read_dead_letter_head(const statement& from);

/// Returns whether read_dead_letter() made do with the id.
[[nodiscard]] bool is_damaged(const dead_letter& what) noexcept;

void insert_blame(statement& to, const blame& what, std::int64_t kept);
std::optional<blame> read_blame(const statement& from);

} // namespace penstock::host
