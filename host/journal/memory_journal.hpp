// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal.hpp"
#include "host/journal/letters/dead_letter_ledger.hpp"
#include "host/journal/numbering.hpp"
#include "host/journal/wall_clock.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <unordered_map>

namespace penstock::host
{

/// Limits of what a memory_journal keeps.
struct memory_journal_options
{
    std::chrono::seconds receipts = std::chrono::hours(24);
    std::size_t most_receipts = 1'000'000;
    std::chrono::seconds keys = std::chrono::hours(24);
    std::size_t most_keys = 1'000'000;
    std::chrono::seconds blames = std::chrono::hours(24);
    std::uint64_t host_number = 0; ///< in the ids that are issued

    wall_clock clock; ///< unset: steady_wall_clock()
};

/// Keeps nothing on disk: an entry is the engine's alone from the start, and gone with the process.
/// Receipts, keys, dead letters and blames are kept in memory.
class memory_journal final : public journal, private journal_queries
{
public:
    explicit memory_journal(memory_journal_options options = {});

    /// Calls the waiter with a commit, and releases the entry.
    void append(std::unique_ptr<journal_entry> what,
                std::unique_ptr<append_waiter> waiter) override;
    issue number() override;

    /// There are none.
    std::vector<journal_entry> next(std::string_view graph, entry_number after,
                                    read_limits limits) override;
    void done(finished_entry entry) override;
    std::string dead(dead_letter what) override;
    bool flush() override { return true; }
    [[nodiscard]] journal_trouble trouble() const override { return {}; }
    [[nodiscard]] std::string_view durability() const noexcept override { return "memory"; }
    [[nodiscard]] journal_queries& kept() noexcept override { return *this; }

private:
    using time = std::chrono::system_clock::time_point;

    template <class T>
    struct aged
    {
        T what;
        time since;
    };

    struct sized_dead_letter
    {
        dead_letter letter;
        std::size_t bytes;
    };

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
    dead_letter_count count_dead_letters() override;
    std::shared_ptr<dead_letter_usage> usage_of(std::string_view graph) override;
    void suspect(const blame& what) override;
    std::vector<blame> blames() override;
    void clear_suspects(std::string_view graph) override;

    void use_key(const journal_entry& of);

    const memory_journal_options options_;
    std::mutex mutex_;
    numbering ids_;
    std::uint64_t last_dead_letter_ = 0;
    std::unordered_map<entry_number, kept_receipt> receipts_;
    std::deque<aged<entry_number>> receipts_in_order_;
    std::unordered_map<std::string, aged<used_key>> keys_;
    std::deque<aged<std::string>> keys_in_order_;
    std::map<std::uint64_t, sized_dead_letter> dead_letters_;
    dead_letter_ledger usages_;
    std::deque<aged<blame>> blames_;
};

} // namespace penstock::host
