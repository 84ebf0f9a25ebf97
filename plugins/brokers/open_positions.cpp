// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "open_positions.hpp"

#include <utility>

namespace brokers
{

void open_positions::reconnect()
{
    const std::lock_guard lock(mutex_);
    expected_.clear();
    for (auto& [key, each] : items_)
        each.is_expected = true;
}

open_positions::knowledge open_positions::arrive(const std::string& key, std::string handle)
{
    const std::lock_guard lock(mutex_);
    if (expected_.erase(key) != 0)
        return knowledge::ended;
    const auto [place, is_new] = items_.try_emplace(key);
    item& of = place->second;
    of.handle = std::move(handle);
    if (is_new)
        return knowledge::nothing;
    if (!std::exchange(of.is_expected, false))
        return knowledge::under_way;
    return of.is_refused ? knowledge::refused : knowledge::expected;
}

void open_positions::refuse(const std::string& key)
{
    const std::lock_guard lock(mutex_);
    items_.at(key).is_refused = true;
}

std::string open_positions::handle_of(const std::string& key) const
{
    const std::lock_guard lock(mutex_);
    const auto found = items_.find(key);
    return found == items_.end() ? std::string() : found->second.handle;
}

void open_positions::forget(const std::string& key)
{
    const std::lock_guard lock(mutex_);
    const auto found = items_.find(key);
    if (found == items_.end())
        return;
    if (found->second.is_expected)
        expected_.insert(key);
    items_.erase(found);
}

std::vector<std::string> open_positions::keys() const
{
    const std::lock_guard lock(mutex_);
    std::vector<std::string> all;
    for (const auto& [key, each] : items_)
        all.push_back(key);
    return all;
}

std::vector<std::string> open_positions::handles() const
{
    const std::lock_guard lock(mutex_);
    std::vector<std::string> all;
    for (const auto& [key, each] : items_)
        all.push_back(each.handle);
    return all;
}

std::size_t open_positions::size() const
{
    const std::lock_guard lock(mutex_);
    return items_.size();
}

} // namespace brokers
