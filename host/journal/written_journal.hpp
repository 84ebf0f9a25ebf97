// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/groups/journal_medium.hpp"
#include "host/journal/groups/writer_options.hpp"
#include "host/journal/journal.hpp"
#include "host/journal/journal_view.hpp"
#include "host/journal/journal_writer.hpp"
#include "host/journal/retention_limits.hpp"

#include <chrono>
#include <memory>

namespace penstock::host
{

/// Where a journal is kept: what is committed to the medium can be read from the view.
struct journal_storage
{
    std::unique_ptr<journal_medium> medium;
    std::unique_ptr<journal_view> view;
};

/// Keeps a journal on a medium: a thread of its own commits, and what is not committed yet can be
/// read beside what is.
class written_journal : public journal, private journal_queries
{
public:
    /// Throws journal_error. Blocks.
    written_journal(journal_storage storage, const writer_options& options,
                    const retention_limits& keep);

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
    [[nodiscard]] bool replicates() const noexcept override { return medium_->replicates(); }
    [[nodiscard]] std::vector<key_turn> turns(const std::vector<entry_number>& numbers) override
    {
        return view_->turns(numbers);
    }
    [[nodiscard]] journal_queries& kept() noexcept override { return *this; }

protected:
    /// The relation of ids and numbers.
    [[nodiscard]] numbering ids() const { return writer_.ids(); }

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
    std::unique_ptr<journal_medium> medium_;
    journal_writer writer_;
    std::unique_ptr<journal_view> view_; // closed first: a medium tidies up when it is closed
};

} // namespace penstock::host
