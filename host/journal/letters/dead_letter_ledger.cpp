// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/letters/dead_letter_ledger.hpp"

namespace penstock::host
{

std::shared_ptr<dead_letter_usage> dead_letter_ledger::of(std::string_view graph)
{
    const std::lock_guard lock(mutex_);
    const auto found = usages_.find(graph);
    if (found != usages_.end())
        return found->second;
    return usages_.emplace(graph, std::make_shared<dead_letter_usage>()).first->second;
}

void dead_letter_ledger::add(std::string_view graph, std::int64_t bytes)
{
    const auto found = changes_.find(graph);
    if (found != changes_.end())
        found->second += bytes;
    else
        changes_.emplace(graph, bytes);
}

void dead_letter_ledger::replace(const std::map<std::string, std::uint64_t, std::less<>>& bytes)
{
    changes_.clear();
    for (const auto& [graph, now] : bytes)
        changes_[graph] = 0;
    {
        std::lock_guard lock(mutex_);
        for (const auto& [graph, usage] : usages_)
            changes_[graph] = -static_cast<std::int64_t>(usage->bytes());
    }
    for (const auto& [graph, now] : bytes)
        changes_[graph] += static_cast<std::int64_t>(now);
    commit();
}

void dead_letter_ledger::commit()
{
    for (const auto& [graph, bytes] : changes_)
        of(graph)->change(bytes);
    changes_.clear();
}

} // namespace penstock::host
