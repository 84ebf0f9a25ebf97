// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/deployment.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace penstock::host
{

deployment::deployment(std::uint64_t id, std::shared_ptr<const host::plan> plan, std::size_t lanes,
                       lane_owner& owner, const run_services& services, const offer_function& offer)
    : plan_(std::move(plan)), resources_(services.resources, id, plan_->graph)
{
    lane_limits limits = services.limits;
    limits.edge_memory /= lanes;
    const lane_setting setting{
        owner,
        services.blocking,
        resources_,
        services.threads,
        limits,
        services.data,
        [this, &owner](std::string_view node, std::string_view reason)
        {
            failed(node, reason);
            owner.log(severity::error, node, "has given up: " + std::string(reason));
        },
        [this, offer](const source_packet& what) { return offer(*this, what); }};
    for (std::size_t i = 0; i < lanes; ++i)
        lanes_.push_back(std::make_unique<lane>(*plan_, i, setting));
}

deployment::~deployment() = default;

std::optional<std::string> deployment::start()
{
    for (std::size_t i = 0; i < lanes_.size(); ++i)
    {
        std::optional<std::string> error = lanes_[i]->start();
        if (!error)
            continue;
        for (std::size_t j = 0; j < i; ++j)
            lanes_[j]->cancel();
        lanes_.resize(i + 1);
        return error;
    }
    return std::nullopt;
}

void deployment::go()
{
    resources_.enter();
    for (const auto& each : lanes_)
        each->go();
}

bool deployment::submit(std::unique_ptr<entry>& entry)
{
    lane& to = entry->key.empty()
                   ? **std::ranges::min_element(
                         lanes_, {}, [](const std::unique_ptr<lane>& each) { return each->load(); })
                   : *lanes_[std::hash<std::string>()(entry->key) % lanes_.size()];
    std::unique_ptr<lane_entry> given = std::move(entry);
    if (to.submit(given))
        return true;
    entry = as_entry(std::move(given));
    return false;
}

void deployment::drain(bool has_successor)
{
    for (const auto& each : lanes_)
        each->drain(has_successor);
}

void deployment::cancel()
{
    for (const auto& each : lanes_)
        each->cancel();
}

bool deployment::wait_until(std::chrono::steady_clock::time_point deadline)
{
    return std::ranges::all_of(lanes_,
                               [&](const auto& each) { return each->wait_until(deadline); });
}

void deployment::failed(std::string_view node, std::string_view reason)
{
    const std::lock_guard lock(mutex_);
    failed_.push_back({std::string(node), std::string(reason), std::chrono::system_clock::now()});
}

std::vector<failed_node> deployment::failed_nodes() const
{
    const std::lock_guard lock(mutex_);
    return failed_;
}

std::string deployment::stuck_in() const
{
    for (const auto& each : lanes_)
        if (std::string node = each->stuck_in(); !node.empty())
            return node;
    return {};
}

void deployment::release()
{
    resources_.release();
}

void deployment::add_tap(std::size_t edge, const std::shared_ptr<tap>& viewer)
{
    for (const auto& each : lanes_)
        each->add_tap(edge, viewer);
}

} // namespace penstock::host
