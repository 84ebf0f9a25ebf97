// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/run/deployment.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace penstock::host
{

deployment::deployment(std::uint64_t id, std::shared_ptr<const host::plan> plan, std::size_t lanes,
                       deployment_owner& owner, run_services services)
    : id_(id), plan_(std::move(plan)), owner_(owner), services_(services)
{
    for (std::size_t i = 0; i < lanes; ++i)
        lanes_.push_back(std::make_unique<lane>(*plan_, i, *this));
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
    services_.resources.enter(id_, plan_->graph);
    for (const auto& each : lanes_)
        each->go();
}

bool deployment::submit(std::unique_ptr<entry>& entry)
{
    if (!entry->key.empty())
        return lanes_[std::hash<std::string>()(entry->key) % lanes_.size()]->submit(entry);
    const auto least = std::ranges::min_element(
        lanes_, {}, [](const std::unique_ptr<lane>& each) { return each->load(); });
    return (*least)->submit(entry);
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

std::string deployment::stuck_in() const
{
    for (const auto& each : lanes_)
        if (std::string node = each->stuck_in(); !node.empty())
            return node;
    return {};
}

void deployment::release()
{
    services_.resources.release(id_);
}

void deployment::finished(std::unique_ptr<entry> done, receipt_result result) noexcept
{
    owner_.finished(std::move(done), std::move(result));
}

void deployment::abandoned(std::unique_ptr<entry> pending) noexcept
{
    owner_.abandoned(std::move(pending));
}

bool deployment::offer(const source_packet& what)
{
    return owner_.offer(*this, what);
}

bool deployment::keep_letters()
{
    return owner_.keep_letters();
}

std::string deployment::bury(letter what)
{
    return owner_.bury(std::move(what));
}

void deployment::log(severity level, std::string_view node, std::string_view text) noexcept
{
    owner_.log(level, node, text);
}

void deployment::node_failed(std::string_view node, std::string_view reason)
{
    owner_.node_failed(node, reason);
}

bool deployment::acquire(std::string_view resource, std::function<void()> granted)
{
    return services_.resources.acquire(id_, resource, std::move(granted));
}

std::string deployment::claim(std::string_view resource)
{
    return services_.resources.claim(id_, plan_->graph, resource);
}

std::string deployment::holder_of(std::string_view resource) const
{
    const std::string graph = services_.resources.holder_of(resource);
    return graph == plan_->graph ? std::string() : graph;
}

std::shared_ptr<availability> deployment::availability_of(const std::string& node)
{
    return owner_.availability_of(node);
}

void deployment::add_tap(std::size_t edge, const std::shared_ptr<tap>& viewer)
{
    for (const auto& each : lanes_)
        each->add_tap(edge, viewer);
}

} // namespace penstock::host
