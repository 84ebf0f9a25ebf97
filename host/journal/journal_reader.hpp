// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/bundles/bundle_reader.hpp"
#include "host/journal/bundles/receipt_reader.hpp"
#include "host/journal/dead_letter_page.hpp"
#include "host/journal/journal.hpp"
#include "host/journal/rows.hpp"
#include "host/journal/sqlite_file.hpp"

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// Reads a journal beside its writer: what is committed. [any thread, one at a time]
///
/// Every row is checked against its checksum. Everything throws journal_error and blocks.
class journal_reader
{
public:
    journal_reader(const std::filesystem::path& path, const std::string& vfs, const numbering& ids);

    std::vector<journal_entry> next(std::string_view graph, entry_number after, read_limits limits);
    std::vector<pending_of_graph> pending();

    /// What is known of an entry that is not done without reading its content, which may be large.
    std::optional<journal_entry> pending(packet_id id);
    std::optional<kept_receipt> receipt(packet_id id);

    /// A key that was used no earlier than `since`.
    std::optional<used_key> key(std::string_view idempotency_key, std::int64_t since);

    /// Adds those with numbers below the page's, as far as the limits allow.
    void dead_letters(const dead_letter_filter& which, const dead_letter_limits& limits,
                      dead_letter_page& into);
    std::optional<dead_letter> find_dead_letter(std::uint64_t number);

    /// An entry that a dead letter refers to, done or not.
    std::optional<journal_entry> original(entry_number number);
    std::vector<blame> blames(std::int64_t since);

private:
    bool add_next(const dead_letter_filter& which, const dead_letter_limits& limits,
                  dead_letter_page& into);
    std::optional<dead_letter> dead_letter_of(std::uint64_t number);
    void add_records(std::string_view graph, entry_number after, const read_limits& limits,
                     std::vector<journal_entry>& into);
    std::optional<journal_entry> find_record(statement& from, entry_number number, with_body body);
    std::optional<journal_entry> find_pending(entry_number number, with_body body);
    journal_entry entry_of(entry_number number, std::string_view graph, std::size_t size);

    std::mutex mutex_;
    sqlite_file file_;
    numbering ids_;
    entry_number last_record_; ///< of those that a program of version 2 has left
    bundle_reader bundles_;
    receipt_reader receipts_;
    statement numbers_;
    statement entry_;
    statement original_;
    statement pending_;
    statement key_;
    statement next_dead_letter_;
    statement dead_letter_;
    statement blames_;
};

} // namespace penstock::host
