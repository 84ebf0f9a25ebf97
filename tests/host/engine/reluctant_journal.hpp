// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace penstock::host::tests
{

/// A journal in front of another, of which entries can be read a few at a time, and not always.
class reluctant_journal final : public host::journal
{
public:
    explicit reluctant_journal(host::journal& behind) : behind_(behind) {}

    /// How many calls of next() succeed before one throws; negative: all do.
    std::atomic<int> reads_before_trouble{-1};

    /// Whether flush() finds trouble.
    std::atomic<bool> flushes{true};

    /// How many dead letters there were at most between two calls of flush().
    [[nodiscard]] std::size_t most_unflushed() const { return most_unflushed_; }

    void append(std::unique_ptr<journal_entry> what, std::unique_ptr<append_waiter> waiter) override
    {
        behind_.append(std::move(what), std::move(waiter));
    }
    issue number() override { return behind_.number(); }
    std::vector<journal_entry> next(std::string_view graph, entry_number after,
                                    read_limits limits) override
    {
        if (reads_before_trouble >= 0 && reads_before_trouble-- == 0)
            throw journal_error(
                "journal: cannot be read for now; a disk that answers was expected");
        limits.entries = std::min<std::size_t>(limits.entries, 3);
        return behind_.next(graph, after, limits);
    }
    void done(finished_entry entry) override { behind_.done(std::move(entry)); }
    std::string dead(dead_letter what) override
    {
        most_unflushed_ = std::max<std::size_t>(most_unflushed_, ++unflushed_);
        return behind_.dead(std::move(what));
    }
    bool flush() override
    {
        unflushed_ = 0;
        return flushes && behind_.flush();
    }
    journal_trouble trouble() const override { return behind_.trouble(); }
    std::string_view durability() const noexcept override { return behind_.durability(); }
    journal_queries& kept() noexcept override { return behind_.kept(); }

private:
    host::journal& behind_;
    std::atomic<std::size_t> unflushed_{0};
    std::atomic<std::size_t> most_unflushed_{0}; // written by one lane
};

} // namespace penstock::host::tests
