// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/memory_journal.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace penstock::host::tests
{

/// Passes each question on to what a journal keeps. A test derives from it and overrides what is
/// different in it.
class passing_queries : public journal_queries
{
public:
    /// `kept` outlives it.
    explicit passing_queries(journal_queries& kept) : kept_(kept) {}

    std::optional<kept_receipt> receipt(packet_id id) override { return asked().receipt(id); }
    std::optional<journal_entry> pending(packet_id id) override { return asked().pending(id); }
    std::optional<used_key> key(std::string_view key) override { return asked().key(key); }
    std::vector<pending_of_graph> pending() override { return asked().pending(); }
    std::vector<dead_letter> dead_letters(const dead_letter_filter& which,
                                          const dead_letter_limits& limits,
                                          std::string_view before) override
    {
        return asked().dead_letters(which, limits, before);
    }
    std::optional<dead_letter> find_dead_letter(std::string_view id) override
    {
        return asked().find_dead_letter(id);
    }
    std::optional<journal_entry> original(std::string_view id) override
    {
        return asked().original(id);
    }
    bool drop(std::string_view id) override { return asked().drop(id); }
    dead_letter_count count_dead_letters() override { return asked().count_dead_letters(); }
    std::shared_ptr<dead_letter_usage> usage_of(std::string_view graph) override
    {
        return kept_.usage_of(graph);
    }
    void suspect(const blame& what) override { asked().suspect(what); }
    std::vector<blame> blames() override { return asked().blames(); }
    void clear_suspects(std::string_view graph) override { asked().clear_suspects(graph); }

private:
    /// Called for each question that a disk would be read for.
    virtual journal_queries& asked() { return kept_; }

protected:
    journal_queries& kept_;
};

/// Passes everything on to a journal in memory, and says that it is durable. A test derives from it
/// and overrides what is different in it.
class passing_journal : public journal
{
public:
    void append(std::unique_ptr<journal_entry> what, std::unique_ptr<append_waiter> waiter) override
    {
        in_memory_.append(std::move(what), std::move(waiter));
    }
    issue number() override { return in_memory_.number(); }
    std::vector<journal_entry> next(std::string_view graph, entry_number after,
                                    read_limits limits) override
    {
        return in_memory_.next(graph, after, limits);
    }
    void done(finished_entry entry) override { in_memory_.done(std::move(entry)); }
    std::string dead(dead_letter what) override { return in_memory_.dead(std::move(what)); }
    bool flush() override { return in_memory_.flush(); }
    journal_trouble trouble() const override { return in_memory_.trouble(); }
    std::string_view durability() const noexcept override { return "durable"; }
    journal_queries& kept() noexcept override { return in_memory_.kept(); }

protected:
    memory_journal in_memory_;
};

} // namespace penstock::host::tests
