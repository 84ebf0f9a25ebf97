// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// Grants resources (a file, a port, an index) to one deployment at a time. [any thread]
class resources
{
public:
    using deployment_id = std::uint64_t;

    /// Grants the resource if nobody or this deployment has it; else calls `granted` when it does,
    /// on the thread that released it. Tells whether it was granted at once.
    bool acquire(deployment_id who, std::string_view resource, std::function<void()> granted);

    /// Releases all that a deployment has, and all that it waits for.
    void release(deployment_id who);

private:
    struct waiter
    {
        deployment_id who;
        std::function<void()> granted;
    };
    struct holding
    {
        deployment_id owner;
        std::vector<waiter> waiters; // in order
    };

    std::mutex mutex_;
    std::map<std::string, holding, std::less<>> held_;
};

} // namespace penstock::host
