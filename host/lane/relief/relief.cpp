// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/relief/relief.hpp"

#include "host/base/problem.hpp"

#include <algorithm>
#include <ranges>
#include <unordered_set>
#include <utility>

namespace penstock::host
{

namespace
{

// Packets are summed up in a tenth of the lane's time at most, however many there are.
constexpr int pauses_a_sum = 10;
constexpr std::chrono::milliseconds least_pause{10};

// The packets that a node has received, and neither sent nor ended. Those that it has joined are
// among them.
std::uint64_t held_by(const node_counters& node)
{
    const std::uint64_t gone = node.sent.value() + node.delivered.value() + node.dropped.value() +
                               node.failed.value() + node.retries.value();
    const std::uint64_t received = node.received.value();
    return received > gone ? received - gone : 0;
}

} // namespace

relief::relief(lane_services& lane, lane_ingress& ingress, const nodes& nodes, const edges& edges,
               std::size_t ranks)
    : lane_(lane),
      ingress_(ingress),
      nodes_(nodes),
      edges_(edges),
      ranks_(ranks),
      waits_(ranks,
             [this](std::size_t rank, std::vector<std::size_t>& on) { return waits_for(rank, on); })
{
}

void relief::relieve(std::size_t rank)
{
    if (!is_held_up_)
        grow_edges(rank);
}

// Packets may have left meanwhile.
relief::clock::time_point relief::look(clock::time_point now)
{
    if (!is_held_up_)
        return clock::time_point::max();
    if (now < next_look_)
        return next_look_;
    is_held_up_ = false;
    for (std::size_t rank = 0; rank < ranks_ && !is_held_up_; ++rank)
    {
        std::vector<std::size_t> on;
        if (waits_for(rank, on).full != nullptr)
            grow_edges(rank);
    }
    return is_held_up_ ? next_look_ : clock::time_point::max();
}

void relief::grow_edges(std::size_t rank)
{
    while (const auto found = waits_.find_deadlock(rank))
    {
        if (is_memory_full())
            return; // the watch for standstills reports it
        const bool is_ingress = *found == lane_ingress::rank;
        const edge_end full =
            is_ingress ? ingress_.awaited_room() : nodes_[*found - 1]->fiber().awaited_room();
        full.other->grow_input(*full.queue);
        lane_.owner().log(severity::information, full.other->plan().name,
                          "an edge to it was full while it waited, and doubled to " +
                              std::to_string(full.queue->capacity()) + " packets");
        if (is_ingress)
            ingress_.wake();
        else
            nodes_[*found - 1]->wake();
    }
}

bool relief::is_memory_full()
{
    const clock::time_point begin = clock::now();
    is_held_up_ = bytes_on_edges() >= lane_.limits().edge_memory;
    const clock::time_point end = clock::now();
    next_look_ = end + std::max<clock::duration>(least_pause, pauses_a_sum * (end - begin));
    return is_held_up_;
}

// Copies share a body, which is found out only where it matters: it takes a look-up for each
// packet.
std::uint64_t relief::bytes_on_edges() const
{
    std::uint64_t bytes = 0;
    for (const auto& each : edges_)
        bytes += each->bytes();
    if (bytes < lane_.limits().edge_memory)
        return bytes;
    std::unordered_set<const void*> counted;
    bytes = 0;
    for (const auto& each : edges_)
        bytes += each->bytes(counted);
    return bytes;
}

fiber_wait relief::waits_for(std::size_t rank, std::vector<std::size_t>& on) const
{
    if (rank == lane_ingress::rank)
        return ingress_.waits_for(on);
    return nodes_[rank - 1] == nullptr ? fiber_wait() : nodes_[rank - 1]->fiber().waits_for(on);
}

std::string relief::who_waits()
{
    const auto has_chosen = [this](std::size_t rank) { return has_chosen_to_wait(rank); };
    const bool is_meant = std::ranges::any_of(std::views::iota(std::size_t{0}, ranks_), has_chosen);
    std::vector<std::size_t> ranks = waits_.who_waits(
        [&](const std::vector<std::size_t>& each)
        {
            std::vector<std::size_t> on;
            const bool is_idle = waits_for(each.front(), on).full == nullptr &&
                                 !holds_packets(each.front()); // as a source is
            return is_meant && (is_idle || std::ranges::any_of(each, has_chosen));
        });
    if (ranks.empty() && is_meant)
        return {};
    std::string text;
    if (ranks.empty()) // all wait for packets
        for (std::size_t rank = nodes_.size(); rank != lane_ingress::rank; --rank)
            if (nodes_[rank - 1] != nullptr)
                ranks.push_back(rank);
    for (const std::size_t rank : ranks)
        text += (text.empty() ? "" : "; ") + wait_of(rank);
    if (is_held_up_)
        text += "; no edge is doubled, as the packets on them take " +
                std::to_string(bytes_on_edges()) + " bytes, and the limit is " +
                std::to_string(lane_.limits().edge_memory) + " (edge_memory)";
    return text;
}

bool relief::holds_packets(std::size_t rank) const
{
    return rank != lane_ingress::rank && nodes_[rank - 1] != nullptr &&
           held_by(nodes_[rank - 1]->counters()) != 0;
}

bool relief::has_chosen_to_wait(std::size_t rank) const
{
    std::vector<std::size_t> on;
    return holds_packets(rank) && waits_for(rank, on).own_time >= lane_.limits().standstill;
}

std::string relief::wait_of(std::size_t rank) const
{
    if (rank == lane_ingress::rank)
        return ingress_.text();
    std::vector<std::size_t> on;
    const fiber_wait wait = waits_for(rank, on);
    const node& waiting = *nodes_[rank - 1];
    std::string text = quote(waiting.plan().name) + " " + waiting.fiber().text();
    for (std::size_t i = 0; i < on.size() && wait.full == nullptr; ++i)
        text += (i == 0 ? " from " : ", ") +
                (on[i] == lane_ingress::rank ? "the door" : quote(nodes_[on[i] - 1]->plan().name));
    if (const std::uint64_t held = held_by(waiting.counters()); held != 0 && !on.empty())
        text += ", and may hold " + std::to_string(held) + " packets";
    return text;
}

} // namespace penstock::host
