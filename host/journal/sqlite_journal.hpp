// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal.hpp"
#include "host/journal/journal_disk.hpp"
#include "host/journal/journal_reader.hpp"
#include "host/journal/journal_writer.hpp"
#include "host/journal/sqlite_journal_options.hpp"

namespace penstock::host
{

/// Keeps a journal in the file `journal.sqlite3`: what is kept is synced to disk.
///
/// One connection on a thread of its own writes and checkpoints, one reads: Debian 12's SQLite can
/// lose its log when two connections write or checkpoint.
class sqlite_journal final : public journal, private journal_queries
{
public:
    /// Opens the journal or makes it. Throws journal_error. Blocks.
    explicit sqlite_journal(const sqlite_journal_options& options);

    void append(std::unique_ptr<journal_entry> what,
                std::unique_ptr<append_waiter> waiter) override;
    issue number() override;
    std::vector<journal_entry> next(std::string_view graph, entry_number after,
                                    read_limits limits) override;
    void done(finished_entry entry) override;
    std::string dead(dead_letter what) override;
    bool flush() override { return writer_.flush(); }
    [[nodiscard]] journal_trouble trouble() const override;
    [[nodiscard]] std::string_view durability() const noexcept override { return "durable"; }
    [[nodiscard]] journal_queries& kept() noexcept override { return *this; }

private:
    std::optional<kept_receipt> receipt(packet_id id) override;
    std::optional<journal_entry> pending(packet_id id) override;
    std::optional<used_key> key(std::string_view idempotency_key) override;
    std::vector<pending_of_graph> pending() override;
    std::vector<dead_letter> dead_letters(const dead_letter_filter& which,
                                          const dead_letter_limits& limits,
                                          std::string_view before) override;
    std::optional<dead_letter> find_dead_letter(std::string_view id) override;
    std::optional<journal_entry> original(std::string_view dead_letter_id) override;
    bool drop(std::string_view dead_letter_id) override;
    std::size_t drop_all(const std::vector<std::string>& dead_letter_ids) override;
    dead_letter_count count_dead_letters() override;
    std::shared_ptr<dead_letter_usage> usage_of(std::string_view graph) override;
    void suspect(const blame& what) override;
    std::vector<blame> blames() override;
    void clear_suspects(std::string_view graph) override;

    [[nodiscard]] std::int64_t since(std::chrono::seconds age) const;

    retention_limits keep_;
    journal_disk disk_;
    journal_writer writer_;
    journal_reader reader_; // closed first: the writer takes the log apart
};

} // namespace penstock::host
