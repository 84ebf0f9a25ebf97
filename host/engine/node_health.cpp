// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/node_health.hpp"

namespace penstock::host
{

std::shared_ptr<availability> node_health::availability_of(const std::string& node)
{
    std::lock_guard lock(mutex_);
    std::shared_ptr<availability>& found = availabilities_[node];
    if (found == nullptr)
        found = std::make_shared<availability>();
    return found;
}

std::optional<retry_report> node_health::away_report_of(const std::string& node) const
{
    std::shared_ptr<availability> known;
    {
        std::lock_guard lock(mutex_);
        if (const auto found = availabilities_.find(node); found != availabilities_.end())
            known = found->second;
    }
    return known == nullptr ? std::nullopt : known->report();
}

void node_health::hurry()
{
    std::map<std::string, std::shared_ptr<availability>> all;
    {
        std::lock_guard lock(mutex_);
        all = availabilities_;
    }
    for (const auto& [node, each] : all)
        each->hurry();
}

} // namespace penstock::host
