// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/extents.hpp"

#include <iterator>

namespace penstock::host::supervise
{

std::optional<std::size_t> extents::take(std::size_t length)
{
    if (length == 0)
        return 0;
    for (auto each = free_.begin(); each != free_.end(); ++each)
    {
        const auto [first, room] = *each;
        if (room < length)
            continue;
        free_.erase(each);
        if (room > length)
            free_.emplace(first + length, room - length);
        return first;
    }
    return std::nullopt;
}

void extents::give_back(std::size_t first, std::size_t length)
{
    if (length == 0)
        return;
    auto next = free_.lower_bound(first);
    if (next != free_.end() && first + length == next->first)
    {
        length += next->second;
        next = free_.erase(next);
    }
    if (next != free_.begin())
    {
        const auto before = std::prev(next);
        if (before->first + before->second == first)
        {
            before->second += length;
            return;
        }
    }
    free_.emplace(first, length);
}

} // namespace penstock::host::supervise
