// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/run/resources.hpp"

#include <utility>

namespace penstock::host
{

bool resources::acquire(deployment_id who, std::string_view resource,
                        std::function<void()> granted)
{
    std::lock_guard lock(mutex_);
    const auto [found, is_new] = held_.try_emplace(std::string(resource), holding{who, {}});
    if (is_new || found->second.owner == who)
        return true;
    found->second.waiters.push_back({who, std::move(granted)});
    return false;
}

void resources::release(deployment_id who)
{
    std::vector<std::function<void()>> grants;
    {
        std::lock_guard lock(mutex_);
        for (auto each = held_.begin(); each != held_.end();)
        {
            holding& held = each->second;
            std::erase_if(held.waiters, [&](const waiter& w) { return w.who == who; });
            if (held.owner != who)
            {
                ++each;
                continue;
            }
            if (held.waiters.empty())
            {
                each = held_.erase(each);
                continue;
            }
            held.owner = held.waiters.front().who;
            std::erase_if(held.waiters,
                          [&](waiter& w)
                          {
                              if (w.who != held.owner)
                                  return false;
                              grants.push_back(std::move(w.granted));
                              return true;
                          });
            ++each;
        }
    }
    for (const std::function<void()>& grant : grants)
        grant();
}

} // namespace penstock::host
