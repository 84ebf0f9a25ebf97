// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/bundles/bundle_writer.hpp"
#include "host/journal/bundles/receipt_writer.hpp"
#include "host/journal/groups/operation.hpp"
#include "host/journal/letters/dead_letter_ledger.hpp"
#include "host/journal/sqlite/schema.hpp"
#include "host/journal/sqlite/sqlite_file.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace penstock::host
{

/// How much a journal keeps besides entries.
struct kept_counts
{
    std::uint64_t receipts = 0;
    std::uint64_t keys = 0;
    std::uint64_t dead_letters = 0;
};

/// Writes operations to the one connection that writes, in transactions. [the writer's thread]
///
/// Everything throws sqlite_error, and then roll_back() is to be called.
class journal_store
{
public:
    /// `compresses`: whether the content of rows is compressed.
    explicit journal_store(sqlite_file& file, bool compresses = false);

    void begin();
    void commit();

    /// Takes back what was done since begin(). Never fails.
    void roll_back() noexcept;

    /// Does all of them, in order; `now` is the time of what is kept.
    void apply(std::span<operation> operations, std::int64_t now);

    void write_state(const journal_state& state) { host::write_state(file_, state); }

    /// Forgets a dead letter, and the entry it refers to if it is the last one to do so; returns
    /// whether there was one.
    bool drop_dead_letter(std::uint64_t number);

    /// Writes anew, without entries that are done, some rows that wait for few others since before
    /// a time; returns whether there are more.
    bool repack(std::int64_t before);

    /// See bundle_writer.
    [[nodiscard]] std::size_t count_broken() const noexcept { return bundles_.count_broken(); }

    /// What is kept, with what the open transaction has done.
    [[nodiscard]] kept_counts& counts() noexcept { return counts_; }

    /// The bytes of dead letters by graph, as they are committed.
    [[nodiscard]] dead_letter_ledger& usages() noexcept { return usages_; }

    /// Bytes of the file that are in use.
    [[nodiscard]] std::uint64_t used_bytes();

    [[nodiscard]] sqlite_file& file() noexcept { return file_; }

private:
    void count_usages();
    void apply(append_operation& what, std::int64_t now);
    void apply(dead_operation& what, std::int64_t now);
    void apply(drop_operation& what);
    void apply(suspect_operation& what, std::int64_t now);
    void apply(clear_operation& what);
    void finish(const done_operation& what);
    void forget_finished(std::int64_t now);
    void keep_originals(entry_number first, entry_number last);
    void keep_original(entry_number number);
    bool delete_record(entry_number number);

    sqlite_file& file_;
    bundle_writer bundles_;
    receipt_writer receipts_;
    statement begin_;
    statement commit_;
    statement insert_key_;
    statement replace_key_;
    statement insert_dead_letter_;
    statement insert_blame_;
    statement dead_letter_of_;
    statement delete_dead_letter_;
    statement delete_blames_;
    statement entries_with_dead_letters_;
    statement has_dead_letter_;
    statement keep_original_;
    statement insert_original_;
    statement delete_original_;
    statement delete_record_;
    statement page_count_;
    statement free_count_;
    std::uint64_t page_size_;
    entry_number last_record_; ///< of those that a program of version 2 has left
    kept_counts counts_;
    kept_counts counts_before_;
    dead_letter_ledger usages_;
    std::vector<entry_number> finished_; ///< whose entries are still to be forgotten
};

} // namespace penstock::host
