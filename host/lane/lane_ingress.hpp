// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/counters.hpp"
#include "host/lane/edge.hpp"
#include "host/lane/entry_lineage.hpp"
#include "host/lane/lane_entry.hpp"
#include "host/lane/lane_services.hpp"
#include "host/lane/node/node.hpp"
#include "host/lane/plan.hpp"
#include "host/lane/relief/wait_graph.hpp"

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// Returns whether an adapter takes data of that type, `type/subtype` in lower case, or triggers if
/// it is empty.
[[nodiscard]] bool takes(const planned_node& adapter, std::string_view media) noexcept;

/// The ingress of a lane: the fiber that feeds entries to adapters, and sources' packets to their
/// edges. [the lane's thread]
class lane_ingress
{
public:
    using nodes = std::vector<std::unique_ptr<node>>;

    /// The rank of its fiber; the node of rank n is `nodes[n - 1]`.
    static constexpr std::size_t rank = 0;

    /// Everything outlives it. `watcher` hears of the ends of entries.
    lane_ingress(const host::plan& plan, lane_services& lane, entry_watcher& watcher,
                 const nodes& nodes);

    /// Adds an edge at which packets of a source enter, sent by its nth output; before run().
    void add_edge_of_source(edge& queue, node& to, const planned_node& source, std::size_t port);

    /// Adds an edge by which requests enter an adapter that has an entry, and returns it; before
    /// run(). The caller owns it.
    [[nodiscard]] std::unique_ptr<edge> add_edge_to(node& adapter);

    /// The fiber's body: feeds entries until the lane is cancelled, or drained and its sources have
    /// ended; then closes the edges.
    void run() noexcept;

    /// Takes entries to be fed, which are moved from.
    void take(std::vector<std::unique_ptr<lane_entry>>& entries);

    /// Gives back the entries that were not fed, when the fiber has ended.
    [[nodiscard]] std::deque<std::unique_ptr<lane_entry>> take_unfed() noexcept;

    /// Ends its wait, whatever it waits for.
    void wake() noexcept;

    /// Called when one of its edges has room; `at_last`: and will have no more for now.
    void freed(const edge& queue, bool at_last) noexcept;

    /// Called when a node has ended: it may have waited for the sources to.
    void node_ended() noexcept;

    /// Returns what it waits for, and appends the rank of the node that can bring it.
    [[nodiscard]] fiber_wait waits_for(std::vector<std::size_t>& on) const;

    /// Returns what it waits for, in words: `the door waits for requests`.
    [[nodiscard]] std::string text() const;

    /// The edge in which it waits for room, while it does.
    [[nodiscard]] edge_end awaited_room() const noexcept { return {full_->queue, full_->to}; }

    /// Counts the packets that have entered its edges to adapters, and those that have left them.
    [[nodiscard]] std::uint64_t packets_moved() const noexcept;

private:
    // An edge where entries enter: to an adapter, or on behalf of a source's output.
    struct entrance
    {
        edge* queue;
        node* to;
        const planned_node* adapter; // null for a source's edge
        const planned_node* source;  // null for an adapter's
        std::size_t source_port;
    };

    [[nodiscard]] bool sources_ended() const noexcept;
    void feed(std::unique_ptr<lane_entry> next);
    void feed_adapters(entry_lineage& lineage);
    void feed_node(entry_lineage& lineage);
    void add_unplaced_dead_letter(entry_lineage& lineage, const entry_packet& what,
                                  std::string reason);
    void feed_packet(const entrance& to, packet&& packet);
    void wait(const entrance* full);
    void stop_waiting() noexcept;
    void wake_if_idle() noexcept;

    const host::plan& plan_;
    lane_services& lane_;
    entry_watcher& watcher_;
    const nodes& nodes_;
    std::vector<entrance> entrances_;
    std::vector<std::unique_ptr<edge_counters>> counters_; // of the edges to adapters
    std::deque<std::unique_ptr<lane_entry>> unfed_;
    bool waits_ = false;
    bool ended_ = false;
    const entrance* full_ = nullptr; // that it waits for room in; null if it waits for entries
};

} // namespace penstock::host
