// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/resources.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace penstock::host
{

void resources::enter(deployment_id who, std::string_view graph)
{
    std::lock_guard lock(mutex_);
    graphs_.emplace(who, graph);
}

bool resources::acquire(deployment_id who, std::string_view resource, std::function<void()> granted)
{
    std::lock_guard lock(mutex_);
    holding& held = held_[std::string(resource)];
    if (!held.owner && !waits_for_earlier(who))
        held.owner = who;
    if (held.owner == who)
        return true;
    held.waiters.push_back({who, std::move(granted)});
    return false;
}

std::string resources::claim(deployment_id who, std::string_view graph, std::string_view resource)
{
    std::lock_guard lock(mutex_);
    if (std::string holder = find_holder(resource); !holder.empty() && holder != graph)
        return holder;
    auto& claims = claims_[std::string(resource)];
    for (const auto& [other, of] : claims)
        if (of != graph)
            return of;
    claims.emplace(who, graph);
    return {};
}

std::string resources::holder_of(std::string_view resource) const
{
    std::lock_guard lock(mutex_);
    return find_holder(resource);
}

// Under the lock.
std::string resources::find_holder(std::string_view resource) const
{
    const auto held = held_.find(resource);
    if (held == held_.end() || !held->second.owner)
        return {};
    const auto graph = graphs_.find(*held->second.owner);
    return graph == graphs_.end() ? std::string() : graph->second;
}

void resources::release(deployment_id who)
{
    std::vector<std::function<void()>> grants;
    {
        std::lock_guard lock(mutex_);
        graphs_.erase(who);
        for (auto& claims : claims_)
            claims.second.erase(who);
        std::erase_if(claims_, [](const auto& claims) { return claims.second.empty(); });
        for (auto each = held_.begin(); each != held_.end();)
        {
            holding& held = each->second;
            std::erase_if(held.waiters, [&](const waiter& w) { return w.who == who; });
            if (held.owner == who)
                held.owner.reset();
            if (!held.owner)
                hand_on(held, grants);
            each = held.owner || !held.waiters.empty() ? std::next(each) : held_.erase(each);
        }
    }
    for (const std::function<void()>& grant : grants)
        grant();
}

// An earlier version that has not asked yet still may: were the later one to get the resource
// first, the earlier could never drain.
bool resources::waits_for_earlier(deployment_id who) const
{
    const auto self = graphs_.find(who);
    return self != graphs_.end() &&
           std::any_of(graphs_.begin(), self,
                       [&](const auto& other) { return other.second == self->second; });
}

// Makes the first waiter that may have it the owner, and notes what to tell its lanes.
void resources::hand_on(holding& held, std::vector<std::function<void()>>& grants) const
{
    const auto next = std::ranges::find_if(held.waiters, [&](const waiter& w)
                                           { return !waits_for_earlier(w.who); });
    if (next == held.waiters.end())
        return;
    held.owner = next->who;
    std::erase_if(held.waiters,
                  [&](waiter& w)
                  {
                      if (w.who != held.owner)
                          return false;
                      grants.push_back(std::move(w.granted));
                      return true;
                  });
}

} // namespace penstock::host
