// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// How somebody looks at the packets of a running graph, whatever version of it runs.
#include "host/run/running_graph.hpp"

#include <algorithm>
#include <utility>

namespace penstock::host
{

namespace
{

std::optional<std::size_t> find_edge(const plan& of, std::string_view id)
{
    for (std::size_t i = 0; i < of.edges.size(); ++i)
        if (id_of(of.edges[i], of) == id)
            return i;
    return std::nullopt;
}

} // namespace

bool running_graph::add_tap(const std::string& edge, const std::shared_ptr<tap>& viewer)
{
    std::lock_guard lock(mutex_);
    std::erase_if(taps_, [](const placed_tap& each) { return each.viewer.expired(); });
    if (current_ != nullptr)
    {
        const auto place = find_edge(current_->plan(), edge);
        if (!place)
            return false;
        current_->add_tap(*place, viewer);
    }
    taps_.push_back({edge, viewer});
    return true;
}

// Under the lock, when a version becomes the current one.
void running_graph::place_taps()
{
    for (const placed_tap& each : taps_)
        if (const auto viewer = each.viewer.lock(); viewer != nullptr && !viewer->is_closed())
            if (const auto place = find_edge(current_->plan(), each.edge))
                current_->add_tap(*place, viewer);
}

} // namespace penstock::host
