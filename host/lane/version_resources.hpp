// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/resources.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace penstock::host
{

/// The resources of one version of a graph, for itself alone. [any thread]
class version_resources
{
public:
    /// `all` outlives it.
    version_resources(resources& all, resources::deployment_id who, std::string graph)
        : all_(all), who_(who), graph_(std::move(graph))
    {
    }

    /// Registers the version; see resources::enter().
    void enter() { all_.enter(who_, graph_); }

    /// Asks for a resource; true if granted at once, else `granted` is called when it is.
    bool acquire(std::string_view resource, std::function<void()> granted)
    {
        return all_.acquire(who_, resource, std::move(granted));
    }

    /// Declares a resource; returns the other graph that has it, or will have it; empty: none.
    std::string claim(std::string_view resource) { return all_.claim(who_, graph_, resource); }

    /// Names the other graph that has a resource now; empty: none has.
    [[nodiscard]] std::string holder_of(std::string_view resource) const
    {
        std::string graph = all_.holder_of(resource);
        return graph == graph_ ? std::string() : graph;
    }

    /// Gives up all, those declared too.
    void release() { all_.release(who_); }

private:
    resources& all_;
    const resources::deployment_id who_;
    const std::string graph_;
};

} // namespace penstock::host
