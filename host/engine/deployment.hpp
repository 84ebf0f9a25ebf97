// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/entry.hpp"
#include "host/engine/failed_node.hpp"
#include "host/lane/lane.hpp"
#include "host/lane/plan.hpp"
#include "host/supervise/inflight.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// What all deployments share.
struct run_services
{
    blocking_pool& blocking;
    host::resources& resources;
    supervise::inflight* threads = nullptr; ///< where threads tell what they run; null: nowhere
    lane_limits limits = {};
    run_data data = {};

    /// Makes the record of a graph, for the next worker if that sees one.
    [[nodiscard]] std::shared_ptr<supervise::graph_record> record_of(const std::string& graph) const
    {
        return threads == nullptr ? std::make_shared<supervise::graph_record>()
                                  : threads->make_graph(graph);
    }
};

/// Runs one version of a graph on its lanes, from construction until it has drained. What its lanes
/// ask of their graph they ask directly.
class deployment final
{
public:
    /// Admits a packet of a source to the version of that source; see lane_services::offer().
    using offer_function = std::function<bool(deployment& from, const source_packet& what)>;

    deployment(std::uint64_t id, std::shared_ptr<const plan> plan, std::size_t lanes,
               lane_owner& owner, const run_services& services, const offer_function& offer);

    /// Joins the lanes; they were drained or cancelled before.
    ~deployment();

    /// Constructs and starts every component of every lane, one lane after the other; returns
    /// `node: what is wrong` if one throws, all ended again. Blocks.
    [[nodiscard]] std::optional<std::string> start();

    /// Starts the components, which were built by start().
    void go();

    /// Gives an entry to the lane of its key, or the least loaded one; false, and the entry kept,
    /// if that has ended. [any thread]
    bool submit(std::unique_ptr<entry>& entry);

    /// Processes what was taken and ends the streams; with a successor, not what waits for
    /// something that is away. [any thread]
    void drain(bool has_successor);

    /// Ends at once; entries not done go back to the owner. [any thread]
    void cancel();

    /// Waits until all lanes have ended; returns whether they did.
    [[nodiscard]] bool wait_until(std::chrono::steady_clock::time_point deadline);

    /// The nodes that have given up. [any thread]
    [[nodiscard]] std::vector<failed_node> failed_nodes() const;

    /// The nodes that keep lanes from ending, as far as can be told. [any thread]
    [[nodiscard]] std::string stuck_in() const;

    /// Adds a tap to an edge, given by its index in the plan. [any thread]
    void add_tap(std::size_t edge, const std::shared_ptr<tap>& viewer);

    /// Gives up the resources, those declared too; once ended.
    void release();

    [[nodiscard]] const host::plan& plan() const noexcept { return *plan_; }
    [[nodiscard]] const std::vector<std::unique_ptr<lane>>& lanes() const noexcept
    {
        return lanes_;
    }

private:
    void failed(std::string_view node, std::string_view reason);

    const std::shared_ptr<const host::plan> plan_;
    version_resources resources_;
    mutable std::mutex mutex_;
    std::vector<failed_node> failed_; // guarded by mutex_
    std::vector<std::unique_ptr<lane>> lanes_;
};

} // namespace penstock::host
