// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/sqlite/journal_disk.hpp"
#include "host/journal/sqlite/rows.hpp"
#include "tests/host/journal/journals.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace penstock::host::testing
{

using numbers = std::vector<entry_number>;

/// A journal whose commits are the test's.
struct commits
{
    explicit commits(std::string disk_name = "", bool compressed = false)
        : vfs(std::move(disk_name)), compresses(compressed)
    {
        write();
    }

    [[nodiscard]] sqlite_journal_options options() const
    {
        sqlite_journal_options made = place.options();
        made.clock = [this] { return now; };
        made.vfs = vfs;
        made.compresses = compresses;
        made.tidy = std::chrono::milliseconds(0);
        made.keep.most_receipts = most_receipts;
        return made;
    }

    /// Opens it for commits.
    void write()
    {
        disk.emplace(options());
        state = disk->state();
        state.numbers = 10'000; // so that a journal gives later ones
    }

    /// Closes it for commits, and opens it as a journal.
    sqlite_journal& read()
    {
        disk.reset();
        return journal.emplace(options());
    }

    static operation append(entry_number number, std::string graph = "g", std::string body = "body")
    {
        journal_entry what = an_entry(std::move(graph), std::move(body));
        what.number = number;
        what.id = numbering().id(number, number);
        return append_operation{std::make_unique<journal_entry>(std::move(what)), nullptr};
    }

    [[nodiscard]] packet_id id_of(entry_number number) const
    {
        return numbering(state.seed).id(number, number);
    }

    [[nodiscard]] operation done(entry_number number, std::uint64_t delivered = 1) const
    {
        auto receipt = std::make_shared<kept_receipt>(finished({number, id_of(number)}).receipt);
        receipt->delivered = delivered;
        return done_operation{number, true, std::move(receipt)};
    }

    /// A dead letter of an entry, with the entry's number.
    static operation dead(entry_number number)
    {
        return dead_operation{
            std::make_shared<const dead_letter_row>(number, a_dead_letter(number))};
    }

    template <class... Operations>
    void commit(Operations... operations)
    {
        operation_group group;
        (group.push_back(std::move(operations)), ...);
        disk->commit(group, state);
    }

    std::int64_t count(const char* sql) const
    {
        return sqlite_file(place.file(), sqlite_file::use::reading, "").number(sql);
    }

    scratch place;
    std::string vfs; ///< empty: SQLite's own
    bool compresses;
    std::uint64_t most_receipts = 1'000;
    std::chrono::system_clock::time_point now{std::chrono::hours(480'000)};
    journal_state state;
    std::optional<journal_disk> disk;
    std::optional<sqlite_journal> journal;
};

} // namespace penstock::host::testing
