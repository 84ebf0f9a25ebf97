// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/bundles/bundle_reader.hpp"
#include "host/journal/bundles/receipt_reader.hpp"
#include "host/journal/journal_view.hpp"
#include "host/journal/sqlite/rows.hpp"
#include "host/journal/sqlite/sqlite_file.hpp"

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// Reads a journal beside its writer: what is committed. [any thread, one at a time]
///
/// Every row is checked against its checksum. Everything throws journal_error and blocks.
class journal_reader final : public journal_view
{
public:
    journal_reader(const std::filesystem::path& path, const std::string& vfs, const numbering& ids);

    std::vector<journal_entry> next(std::string_view graph, entry_number after,
                                    read_limits limits) override;
    std::vector<pending_of_graph> pending() override;
    std::optional<journal_entry> pending(packet_id id) override;
    std::optional<kept_receipt> receipt(packet_id id) override;
    std::optional<used_key> key(std::string_view idempotency_key, std::int64_t since) override;
    void dead_letters(const dead_letter_filter& which, const dead_letter_limits& limits,
                      dead_letter_page& into) override;
    std::optional<dead_letter> find_dead_letter(std::uint64_t number) override;
    std::optional<journal_entry> original(entry_number number) override;
    std::vector<blame> blames(std::int64_t since) override;

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
