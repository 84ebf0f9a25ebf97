// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/memory_journal.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace penstock::host::tests
{

/// Refuses every record.
class full_journal final : public host::journal
{
public:
    void append(journal_entry, std::unique_ptr<append_waiter> waiter) override
    {
        waiter->issued(number());
        waiter->settled(commit::refused);
    }
    issue number() override { return in_memory_.number(); }
    std::vector<journal_entry> next(std::string_view, entry_number, read_limits) override
    {
        return {};
    }
    void done(finished_entry entry) override { in_memory_.done(std::move(entry)); }
    std::string dead(dead_letter what) override { return in_memory_.dead(std::move(what)); }
    bool flush() override { return true; }
    journal_trouble trouble() const override { return {"the disk is full", true}; }
    std::string_view durability() const noexcept override { return "durable"; }
    journal_queries& kept() noexcept override { return in_memory_.kept(); }

private:
    memory_journal in_memory_;
};

} // namespace penstock::host::tests
