// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/lane_ingress.hpp"

#include "host/base/problem.hpp"

#include <penstock/detail/packet_access.hpp>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace penstock::host
{

using access = detail::packet_access;

namespace
{

constexpr std::size_t most_entries = 64;   // fed before the nodes run
constexpr std::size_t edge_capacity = 256; // of the edges to adapters

// `text/*`, `application/*+json` and `*/*` accept many; types are lower case.
bool media_matches(std::string_view pattern, std::string_view media) noexcept
{
    if (pattern == "*/*" || pattern == media)
        return true;
    const std::size_t star = pattern.find('*');
    if (star == std::string_view::npos || star == 0)
        return false;
    const std::string_view before = pattern.substr(0, star);
    const std::string_view behind = pattern.substr(star + 1);
    return media.size() >= before.size() + behind.size() && media.starts_with(before) &&
           media.ends_with(behind);
}

} // namespace

bool takes(const planned_node& adapter, std::string_view media) noexcept
{
    if (media.empty())
        return adapter.takes_triggers;
    return std::ranges::any_of(adapter.accepts, [&](const std::string& pattern)
                               { return media_matches(pattern, media); });
}

lane_ingress::lane_ingress(const host::plan& plan, lane_services& lane, entry_watcher& watcher,
                           const nodes& nodes)
    : plan_(plan), lane_(lane), watcher_(watcher), nodes_(nodes)
{
}

void lane_ingress::add_edge_of_source(edge& queue, node& to, const planned_node& source,
                                      std::size_t port)
{
    entrances_.push_back({&queue, &to, nullptr, &source, port});
}

std::unique_ptr<edge> lane_ingress::add_edge_to(node& adapter)
{
    counters_.push_back(std::make_unique<edge_counters>());
    auto made = std::make_unique<edge>(edge_capacity, *counters_.back());
    adapter.add_input_edge(*adapter.plan().entry, {made.get(), nullptr});
    entrances_.push_back({made.get(), &adapter, &adapter.plan(), nullptr, 0});
    return made;
}

void lane_ingress::run() noexcept
{
    std::size_t fed = 0;
    while (!lane_.cancelled())
    {
        if (lane_.going() && !unfed_.empty())
        {
            std::unique_ptr<lane_entry> next = std::move(unfed_.front());
            unfed_.pop_front();
            const bool skips_nodes = !next->node.empty(); // and so would overtake others
            if (skips_nodes && fed != 0)
                lane_.fibers().yield();
            feed(std::move(next));
            fed = skips_nodes ? most_entries : fed + 1;
            if (fed == most_entries)
            {
                lane_.fibers().yield();
                fed = 0;
            }
            continue;
        }
        if (lane_.draining() && sources_ended())
            break;
        wait(nullptr);
    }
    ended_ = true;
    for (const entrance& each : entrances_)
    {
        each.queue->close();
        each.to->filled(*each.queue);
    }
}

void lane_ingress::take(std::vector<std::unique_ptr<lane_entry>>& entries)
{
    if (entries.empty())
        return;
    std::ranges::move(entries, std::back_inserter(unfed_));
    entries.clear();
    wake_if_idle();
}

std::deque<std::unique_ptr<lane_entry>> lane_ingress::take_unfed() noexcept
{
    return std::exchange(unfed_, {});
}

void lane_ingress::freed(const edge& queue, bool at_last) noexcept
{
    if (waits_ && full_ != nullptr && full_->queue == &queue &&
        (at_last ? !queue.full() : queue.half_empty()))
        wake();
}

void lane_ingress::node_ended() noexcept
{
    wake_if_idle();
}

fiber_wait lane_ingress::waits_for(std::vector<std::size_t>& on) const
{
    if (!waits_)
        return {.ends_by_itself = !ended_};
    if (full_ == nullptr)
        return {}; // nobody knows when the next request will come
    on.push_back(full_->to->rank());
    return {.full = full_->queue};
}

std::string lane_ingress::text() const
{
    return waits_ && full_ != nullptr
               ? "the door waits for room before " + quote(full_->to->plan().name)
               : "the door waits for requests";
}

std::uint64_t lane_ingress::packets_moved() const noexcept
{
    std::uint64_t moved = 0;
    for (const auto& each : counters_)
        moved += each->entered.load(std::memory_order_relaxed) +
                 each->left.load(std::memory_order_relaxed);
    return moved;
}

bool lane_ingress::sources_ended() const noexcept
{
    return std::ranges::all_of(
        nodes_, [](const auto& node)
        { return node == nullptr || !node->plan().is_source || node->has_ended(); });
}

void lane_ingress::feed(std::unique_ptr<lane_entry> next)
{
    auto* lineage = new entry_lineage(std::move(next), lane_.requests_fed(), watcher_);
    lineage->retain();
    if (lineage->entry().node.empty())
        feed_adapters(*lineage);
    else
        feed_node(*lineage);
    for (const entrance& each : entrances_)
    {
        each.queue->add_request_end();
        each.to->filled(*each.queue);
    }
    lane_.request_fed();
    lineage->release();
}

void lane_ingress::feed_adapters(entry_lineage& lineage)
{
    const lane_entry& fed = lineage.entry();
    for (const entry_packet& each : fed.packets)
    {
        bool is_taken = !fed.source.empty();
        for (const entrance& to : entrances_)
        {
            const bool enters =
                to.source != nullptr
                    ? to.source->name == fed.source && to.source_port == fed.source_port
                    : fed.source.empty() && takes(*to.adapter, each.media);
            if (!enters)
                continue;
            is_taken = true;
            packet share = access::share(each.content);
            lineage.attach_to(share);
            feed_packet(to, std::move(share));
        }
        // A version before had an adapter for it. A trigger that nobody takes has nothing to lose.
        if (!is_taken && !each.media.empty())
            add_unplaced_dead_letter(lineage, each,
                                     "no adapter of this version of the graph takes " +
                                         std::string(each.media));
    }
}

// Replayed packets enter at a node that the graph may not have any more.
void lane_ingress::feed_node(entry_lineage& lineage)
{
    const lane_entry& fed = lineage.entry();
    const auto at = std::ranges::find(plan_.nodes, fed.node, &planned_node::name);
    const bool is_there = at != plan_.nodes.end() && fed.port < at->inputs.size();
    for (const entry_packet& each : fed.packets)
    {
        if (!is_there)
        {
            add_unplaced_dead_letter(lineage, each,
                                     "was to enter at input " + std::to_string(fed.port) +
                                         " of node " + quote(fed.node) +
                                         ", which this version of the graph has not");
            continue;
        }
        packet share = access::share(each.content);
        lineage.attach_to(share);
        nodes_[static_cast<std::size_t>(at - plan_.nodes.begin())]->enter(fed.port,
                                                                          std::move(share));
    }
}

void lane_ingress::add_unplaced_dead_letter(entry_lineage& lineage, const entry_packet& what,
                                            std::string reason)
{
    const lane_entry& fed = lineage.entry();
    dead_packet about;
    about.node = fed.node;
    about.port = fed.port;
    about.reason = std::move(reason);
    about.packet = to_json(what.content);
    about.receipts = {fed.id.text()};
    about.time = std::chrono::system_clock::now();
    json::object summary{{"node", about.node}, {"reason", about.reason}};
    summary["id"] = lane_.owner().add_dead_letter(std::move(about));
    lineage.add_dead_letter(summary);
}

// Waits for room in an edge, or for entries.
void lane_ingress::wait(const entrance* full)
{
    waits_ = true;
    full_ = full;
    if (full != nullptr)
        lane_.room_awaited();
    if (lane_.is_room_awaited())
        lane_.relieve(rank);
    lane_.fibers().suspend();
    stop_waiting();
}

void lane_ingress::stop_waiting() noexcept
{
    if (std::exchange(waits_, false) && full_ != nullptr)
        lane_.room_no_longer_awaited();
}

void lane_ingress::wake() noexcept
{
    stop_waiting();
    lane_.fibers().wake(rank);
}

void lane_ingress::wake_if_idle() noexcept
{
    if (waits_ && full_ == nullptr)
        wake();
}

void lane_ingress::feed_packet(const entrance& to, packet&& packet)
{
    while (to.queue->full() && !lane_.cancelled())
        wait(&to);
    if (lane_.cancelled())
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
