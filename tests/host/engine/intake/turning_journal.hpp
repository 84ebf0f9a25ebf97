// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/host/journal/passing_journal.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <vector>

namespace penstock::host::tests
{

/// A journal whose turns a test gives out: by number, and those whose turn it is.
class turning_journal : public passing_journal
{
public:
    [[nodiscard]] bool is_shared() const noexcept override { return true; }

    [[nodiscard]] std::vector<key_turn> turns(const std::vector<entry_number>& numbers) override
    {
        std::lock_guard lock(mutex_);
        if (is_away_)
            throw journal_error("away");
        std::vector<key_turn> found;
        for (const entry_number each : numbers)
            if (const auto turn = turns_.find(each); turn != turns_.end())
                found.push_back({each, turn->second, !waiting_.contains(each)});
        return found;
    }

    void give(entry_number number, std::int64_t turn)
    {
        std::lock_guard lock(mutex_);
        turns_[number] = turn;
    }
    void forget(entry_number number)
    {
        std::lock_guard lock(mutex_);
        turns_.erase(number);
    }
    void wait(const std::set<entry_number>& numbers)
    {
        std::lock_guard lock(mutex_);
        waiting_ = numbers;
    }
    void set_away(bool is_away)
    {
        std::lock_guard lock(mutex_);
        is_away_ = is_away;
    }

private:
    std::mutex mutex_;
    std::map<entry_number, std::int64_t> turns_;
    std::set<entry_number> waiting_;
    bool is_away_ = false;
};

} // namespace penstock::host::tests
