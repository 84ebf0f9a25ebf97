// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/node_resources.hpp"

#include "host/base/problem.hpp"

#include <memory>
#include <stdexcept>

namespace penstock::host
{

// In start() the version before may still have the resource, and goes on until start() has
// returned; so it is only declared there, and waited for before run().
void node_resources::acquire(std::string_view resource)
{
    fiber_.check_stopped();
    if (of_.lane.going())
        return wait_for(std::string(resource));
    if (const std::string holder = of_.lane.resources().claim(resource); !holder.empty())
        throw std::runtime_error(quote(resource) + " is in use by graph " + quote(holder) +
                                 "; one that no other graph uses was expected");
    declared_.emplace_back(resource);
}

void node_resources::acquire_declared()
{
    for (const std::string& each : declared_)
        wait_for(each);
}

void node_resources::wait_for(const std::string& resource)
{
    using clock = scheduler::clock;
    outputs_.flush();
    auto granted = std::make_shared<bool>(false);
    if (of_.lane.acquire(resource, of_.rank, granted))
        return;
    const clock::time_point since = clock::now();
    const clock::time_point tell = since + of_.lane.limits().resource;
    clock::time_point until = tell;
    for (; !*granted; fiber_.suspend(waiting::resource, until))
    {
        if (until != tell || clock::now() < tell)
            continue;
        until = clock::time_point::max();
        const std::string holder = of_.lane.resources().holder_of(resource);
        const std::string text = quote(resource) + ", which " +
                                 (holder.empty() ? "an older version of this graph has"
                                                 : "graph " + quote(holder) + " has");
        of_.counters.resource.set(text, clock::now() - since);
        of_.lane.owner().log(severity::warning, of_.plan.name, "waits for " + text);
    }
    of_.counters.resource.clear();
}

} // namespace penstock::host
