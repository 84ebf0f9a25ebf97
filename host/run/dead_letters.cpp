// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/run/dead_letters.hpp"

#include <algorithm>
#include <utility>

namespace penstock::host
{

std::string dead_letters::add(dead_letter letter)
{
    std::lock_guard lock(mutex_);
    letter.id = std::to_string(++added_);
    if (letters_.size() == most_)
    {
        letters_.pop_front();
        ++overflowed_;
    }
    letters_.push_back(std::move(letter));
    return letters_.back().id;
}

std::vector<dead_letter> dead_letters::list(std::string_view graph, std::size_t count) const
{
    std::lock_guard lock(mutex_);
    std::vector<dead_letter> found;
    for (auto each = letters_.rbegin(); each != letters_.rend() && found.size() < count; ++each)
        if (graph.empty() || each->graph == graph)
            found.push_back(*each);
    return found;
}

std::optional<dead_letter> dead_letters::find(std::string_view id) const
{
    std::lock_guard lock(mutex_);
    const auto found = std::ranges::find(letters_, id, &dead_letter::id);
    if (found == letters_.end())
        return std::nullopt;
    return *found;
}

bool dead_letters::drop(std::string_view id)
{
    std::lock_guard lock(mutex_);
    return std::erase_if(letters_, [&](const dead_letter& l) { return l.id == id; }) != 0;
}

std::size_t dead_letters::size() const
{
    std::lock_guard lock(mutex_);
    return letters_.size();
}

std::uint64_t dead_letters::overflowed() const
{
    std::lock_guard lock(mutex_);
    return overflowed_;
}

} // namespace penstock::host
