// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/relief/wait_graph.hpp"

#include <utility>

namespace penstock::host
{

wait_graph::wait_graph(std::size_t ranks, look_function look)
    : look_(std::move(look)), seen_(ranks, false)
{
}

// A fiber that begins to wait makes those stand still that depend on it, and only if it stands
// still itself.
std::optional<std::size_t> wait_graph::find_deadlock(std::size_t rank)
{
    const outcome own = walk(rank);
    if (own.moves || own.waiting)
        return own.waiting;
    for (std::size_t other = 0; other < seen_.size(); ++other)
    {
        to_visit_.clear();
        if (look_(other, to_visit_).full == nullptr)
            continue;
        const outcome found = walk(other);
        if (!found.moves)
            return found.waiting;
    }
    return std::nullopt;
}

std::vector<std::size_t>
wait_graph::who_waits(const std::function<bool(const std::vector<std::size_t>& ranks)>& is_fine)
{
    std::vector<std::size_t> found;
    std::vector<bool> is_listed(seen_.size(), false);
    for (std::size_t rank = 0; rank < seen_.size(); ++rank)
    {
        to_visit_.clear();
        const fiber_wait wait = look_(rank, to_visit_);
        if (is_listed[rank] || (wait.full == nullptr && !wait.ends_by_itself))
            continue;
        const std::vector<std::size_t> behind = all_behind(rank);
        if (is_fine(behind))
            continue;
        for (const std::size_t each : behind)
        {
            if (!is_listed[each])
                found.push_back(each);
            is_listed[each] = true;
        }
    }
    return found;
}

std::vector<std::size_t> wait_graph::all_behind(std::size_t from)
{
    std::vector<std::size_t> found;
    seen_.assign(seen_.size(), false);
    for (to_visit_.assign(1, from); !to_visit_.empty();)
    {
        const std::size_t next = to_visit_.back();
        to_visit_.pop_back();
        if (seen_[next])
            continue;
        seen_[next] = true;
        found.push_back(next);
        look_(next, to_visit_);
    }
    return found;
}

wait_graph::outcome wait_graph::walk(std::size_t from)
{
    outcome found;
    std::size_t least = 0;
    seen_.assign(seen_.size(), false);
    to_visit_.assign(1, from);
    while (!to_visit_.empty())
    {
        const std::size_t rank = to_visit_.back();
        to_visit_.pop_back();
        if (seen_[rank])
            continue;
        seen_[rank] = true;
        const fiber_wait wait = look_(rank, to_visit_);
        if (wait.ends_by_itself)
            return {.moves = true, .waiting = {}};
        if (wait.full != nullptr && (!found.waiting || wait.full->capacity() < least))
        {
            found.waiting = rank;
            least = wait.full->capacity();
        }
    }
    return found;
}

} // namespace penstock::host
