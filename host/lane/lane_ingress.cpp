// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// The lane's ingress: the fiber that feeds entries to adapters, and sources' packets to their edges.
#include "host/lane/lane.hpp"

#include <penstock/detail/packet_access.hpp>

#include <algorithm>
#include <utility>

namespace penstock::host
{

using access = detail::packet_access;

namespace
{

constexpr std::size_t most_entries = 64; // fed before the nodes run

// `text/*` and `*/*` accept many; types are lower case.
bool media_matches(std::string_view pattern, std::string_view media) noexcept
{
    if (pattern == "*/*" || pattern == media)
        return true;
    if (!pattern.ends_with("/*"))
        return false;
    pattern.remove_suffix(1);
    return media.starts_with(pattern);
}

} // namespace

bool takes(const planned_node& adapter, std::string_view media) noexcept
{
    if (media.empty())
        return adapter.takes_triggers;
    return std::ranges::any_of(adapter.accepts, [&](const std::string& pattern)
                               { return media_matches(pattern, media); });
}

void lane::feed() noexcept
{
    std::size_t fed = 0;
    while (!cancelled_)
    {
        if (going_ && !waiting_.empty())
        {
            std::unique_ptr<lane_entry> next = std::move(waiting_.front());
            waiting_.pop_front();
            const bool skips_nodes = !next->node.empty(); // and so would overtake others
            if (skips_nodes && fed != 0)
                fibers_->yield();
            feed(std::move(next));
            fed = skips_nodes ? most_entries : fed + 1;
            if (fed == most_entries)
            {
                fibers_->yield();
                fed = 0;
            }
            continue;
        }
        if (draining_ && sources_ended())
            break;
        feeder_wait(nullptr);
    }
    feeder_ended_ = true;
    for (const ingress& each : ingresses_)
    {
        each.queue->close();
        each.to->filled(*each.queue);
    }
}

bool lane::sources_ended() const noexcept
{
    return std::ranges::all_of(
        nodes_, [](const auto& node)
        { return node == nullptr || !node->plan().is_source || node->has_ended(); });
}

void lane::feed(std::unique_ptr<lane_entry> next)
{
    auto* lineage = new entry_lineage(std::move(next), watcher_);
    lineage->retain();
    if (lineage->entry().node.empty())
        feed_ingresses(*lineage);
    else
        feed_node(*lineage);
    for (const ingress& each : ingresses_)
    {
        each.queue->add_request_end();
        each.to->filled(*each.queue);
    }
    ++requests_fed_;
    lineage->release();
}

void lane::feed_ingresses(entry_lineage& lineage)
{
    const lane_entry& fed = lineage.entry();
    for (const entry_packet& each : fed.packets)
    {
        for (const ingress& to : ingresses_)
        {
            const bool enters =
                to.source != nullptr
                    ? to.source->name == fed.source && to.source_port == fed.source_port
                    : fed.source.empty() && takes(*to.adapter, each.media);
            if (!enters)
                continue;
            packet share = access::share(each.content);
            lineage.attach_to(share);
            feed_packet(to, std::move(share));
        }
    }
}

// Replayed packets enter at a node that the graph may not have any more.
void lane::feed_node(entry_lineage& lineage)
{
    const lane_entry& fed = lineage.entry();
    const auto at = std::ranges::find(plan_.nodes, fed.node, &planned_node::name);
    const bool is_there = at != plan_.nodes.end() && fed.port < at->inputs.size();
    for (const entry_packet& each : fed.packets)
    {
        packet share = access::share(each.content);
        lineage.attach_to(share);
        if (is_there)
            nodes_[static_cast<std::size_t>(at - plan_.nodes.begin())]->enter(fed.port,
                                                                              std::move(share));
        else
            add_unplaced_dead_letter(fed, std::move(share));
    }
}

void lane::add_unplaced_dead_letter(const lane_entry& fed, packet&& packet)
{
    dead_packet about;
    about.node = fed.node;
    about.port = fed.port;
    about.reason = "was to enter at input " + std::to_string(fed.port) + " of node \"" + fed.node +
                   "\", which this version of the graph has not";
    about.packet = to_json(packet);
    about.receipts = {fed.id.text()};
    about.time = std::chrono::system_clock::now();
    detail::lineage* lineage = access::detach(packet);
    access::destroy(packet);
    json::object summary{{"node", about.node}, {"reason", about.reason}};
    summary["id"] = owner().add_dead_letter(std::move(about));
    lineage->add_dead_letter(summary);
    lineage->release();
}

// Waits for room in an ingress, or for entries.
void lane::feeder_wait(const ingress* full)
{
    feeder_waits_ = true;
    feeder_waits_for_room_ = full;
    if (full != nullptr)
        room_awaited();
    if (is_room_awaited())
        relieve(feeder_rank);
    fibers_->suspend();
    stop_feeder_wait();
}

void lane::stop_feeder_wait() noexcept
{
    if (std::exchange(feeder_waits_, false) && feeder_waits_for_room_ != nullptr)
        room_no_longer_awaited();
}

void lane::wake_feeder() noexcept
{
    stop_feeder_wait();
    fibers_->wake(feeder_rank);
}

void lane::feed_packet(const ingress& to, packet&& packet)
{
    while (to.queue->full() && !cancelled_)
        feeder_wait(&to);
    if (cancelled_)
    {
        detail::lineage* lineage = access::detach(packet);
        access::destroy(packet);
        lineage->abandon();
        lineage->release();
        return;
    }
    to.queue->writable().front() = std::move(packet);
    to.queue->publish(1);
    to.to->filled(*to.queue);
}

} // namespace penstock::host
