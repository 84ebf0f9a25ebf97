// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal.hpp"
#include "host/journal/rows.hpp"
#include "host/journal/sqlite_file.hpp"

#include <functional>
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

    std::vector<record> next(std::string_view graph, entry_number after, read_limits limits);
    std::vector<pending_of_graph> pending();

    /// A record that is not done, without its body.
    std::optional<record> pending(packet_id id);
    std::optional<kept_receipt> receipt(packet_id id);

    /// A key that was used no earlier than `since`.
    std::optional<used_key> key(std::string_view idempotency_key, std::int64_t since);
    std::vector<letter> letters(const letter_filter& which, std::size_t count,
                                std::uint64_t before);
    std::optional<letter> find_letter(std::uint64_t number);

    /// A record that a letter refers to, done or not.
    std::optional<record> original(entry_number number);
    std::vector<blame> blames(std::int64_t since);

private:
    record record_of(entry_number number, std::string_view graph, std::size_t size);

    std::mutex mutex_;
    sqlite_file file_;
    numbering ids_;
    statement numbers_;
    statement record_;
    statement original_;
    statement pending_;
    statement receipt_;
    statement key_;
    statement letters_;
    statement letter_;
    statement blames_;
};

} // namespace penstock::host
