// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
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

    /// Registers a deployment; ids grow with time. It gets nothing before all earlier ones of
    /// its graph have released what they have.
    void enter(deployment_id who, std::string_view graph);

    /// Grants the resource if it is free or this deployment's; else calls `granted` when it does,
    /// on the thread that released it. Returns whether it was granted at once.
    bool acquire(deployment_id who, std::string_view resource, std::function<void()> granted);

    /// Declares that a deployment will ask for the resource. Returns the name of another graph that
    /// has it or has declared it before, and declares nothing then; empty if there is none.
    std::string claim(deployment_id who, std::string_view graph, std::string_view resource);

    /// Names the graph of the deployment that has the resource; empty if none has.
    [[nodiscard]] std::string holder_of(std::string_view resource) const;

    /// Releases all that a deployment has, and all that it waits for; it takes part no more.
    void release(deployment_id who);

private:
    struct waiter
    {
        deployment_id who;
        std::function<void()> granted;
    };
    struct holding
    {
        std::optional<deployment_id> owner;
        std::vector<waiter> waiters; // in order
    };

    std::string find_holder(std::string_view resource) const;
    bool waits_for_earlier(deployment_id who) const;
    void hand_on(holding& held, std::vector<std::function<void()>>& grants) const;

    mutable std::mutex mutex_;
    std::map<deployment_id, std::string> graphs_; // of those that were not released
    std::map<std::string, holding, std::less<>> held_;
    std::map<std::string, std::map<deployment_id, std::string>, std::less<>>
        claims_; // the graphs that have declared each
};

} // namespace penstock::host
