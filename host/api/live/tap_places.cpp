// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/live/tap_places.hpp"

#include <stdexcept>

namespace penstock::host::api
{

namespace
{

[[noreturn]] void refuse(const char* where, std::size_t most)
{
    throw std::invalid_argument("edge: too many taps " + std::string(where) + "; at most " +
                                std::to_string(most) + " were expected");
}

std::string key_of(const std::string& graph, const std::string& edge)
{
    return graph + '/' + edge;
}

} // namespace

void tap_places::take(const std::string& graph, const std::string& edge)
{
    const std::lock_guard lock(mutex_);
    if (taken_ >= most_)
        refuse("on this host", most_);
    std::size_t& here = on_edges_[key_of(graph, edge)];
    if (here >= on_an_edge_)
        refuse("on this edge", on_an_edge_);
    ++here;
    ++taken_;
}

void tap_places::give_back(const std::string& graph, const std::string& edge) noexcept
{
    const std::lock_guard lock(mutex_);
    const auto found = on_edges_.find(key_of(graph, edge));
    if (found == on_edges_.end())
        return;
    --taken_;
    if (--found->second == 0)
        on_edges_.erase(found);
}

} // namespace penstock::host::api
