// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/crash_policy.hpp"
#include "host/engine/name_locks.hpp"
#include "host/engine/running_graph.hpp"
#include "host/graph/check.hpp"
#include "host/graph/spec.hpp"
#include "host/packages/catalogue.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// Settings of the engine, each with a safe default.
struct engine_options
{
    std::size_t lanes = 0; ///< per graph; 0: one per core
    quota_limits pending;
    std::chrono::milliseconds drain = std::chrono::seconds(45);
    std::size_t blocking_threads = 64;
    log_function log;
    supervise::inflight* threads = nullptr;       ///< outlives the engine; null: no watchdog
    std::vector<supervise::suspicion> suspicions; ///< what ended the worker before, perhaps
    lane_limits limits; ///< `edge_memory` is that of a graph, for all lanes of a version
    run_data data;      ///< what it points at outlives the engine
    resolver resolve;   ///< for `${env:…}` and `${secret:…}`
};

/// A graph as the engine keeps it: its file and what runs of it.
struct kept_graph
{
    graph_spec spec;
    std::optional<graph_spec> deployed;     ///< the version deployed last
    std::shared_ptr<running_graph> running; ///< never null
    bool is_attempt = false; ///< there is nothing of it but a first deployment under way
};

/// The graphs of the host by name: checked, deployed, stopped, and found for requests.
/// [any thread]
class engine
{
public:
    /// `components` and `kept` outlive the engine. What an earlier run left in the journal is
    /// worked off by the graphs it was sent to, once they are deployed. Throws journal_error.
    engine(catalogue& components, host::journal& kept, engine_options options);

    /// Cancels what still runs; call stop_all() first.
    ~engine();

    /// Finds everything wrong with a graph, without running it.
    [[nodiscard]] std::vector<problem> check(const graph_spec& graph);

    /// Finds what does not keep a graph from running but will in time.
    [[nodiscard]] std::vector<problem> warn(const graph_spec& graph);

    /// Keeps a graph without running it, or replaces the kept file of one that runs.
    void keep(const graph_spec& graph);

    /// Looks for new packages, checks a graph, starts it, and exchanges it for the version that
    /// runs. On problems everything stays as it was. Blocks until the new version takes entries.
    std::vector<problem> deploy(const graph_spec& graph);

    /// Defers the entries that an earlier run left, and those accepted behind them, until
    /// drain_left(): so that requests are taken before anything is done again that may have ended
    /// that run.
    void defer_left();
    void drain_left();

    /// Reads what crashes were blamed on, for begin().
    void judge_crashes();

    /// Deploys a graph at the start of the host, but for what crashes of earlier runs say against
    /// it: packets are quarantined, and a graph with a component that crashes takes entries in and
    /// works on none. deploy() forgets what there was against a graph.
    std::vector<problem> begin(const graph_spec& graph);

    /// Pauses a graph: it accepts entries and processes none until it is deployed. Loads no
    /// package.
    void pause(const graph_spec& graph, const std::string& why);

    /// Stops a graph; returns how many entries are left pending, or nothing if there is no such
    /// graph. Blocks while it drains.
    std::optional<std::size_t> stop(std::string_view graph);

    /// Drops what is pending of a graph that is stopped; returns how many entries are left, see
    /// running_graph::discard(), or nothing if there is no such graph. Blocks. Throws
    /// journal_error.
    std::optional<std::size_t> discard(std::string_view graph);

    /// Stops and forgets a graph, unless entries of it are left pending; returns how many are, or
    /// nothing if there is no such graph. Blocks while it drains.
    std::optional<std::size_t> forget(std::string_view graph);

    /// Waits until nobody else changes a graph, and keeps others from it: for who looks at a graph
    /// and then deploys, stops or forgets it. The calls themselves do not take this.
    [[nodiscard]] name_locks::held change(std::string_view graph)
    {
        return changing_.lock(std::string(graph));
    }

    /// Stops all graphs, each draining for the configured time at most; returns how many entries
    /// are left. What is deployed from now on is stopped at once, and refused.
    std::size_t stop_all();

    [[nodiscard]] std::optional<kept_graph> find(std::string_view graph) const;

    /// Finds what runs of a graph without a copy of its file; null if there is no such graph.
    [[nodiscard]] std::shared_ptr<running_graph> running(std::string_view graph) const;

    /// Finds the first graph by name; null if there is none.
    [[nodiscard]] std::shared_ptr<running_graph> first() const;

    /// All graphs, by name.
    [[nodiscard]] std::vector<kept_graph> all() const;

    [[nodiscard]] catalogue& components() noexcept { return components_; }
    [[nodiscard]] host::receipts& receipts() noexcept { return receipts_; }
    [[nodiscard]] host::journal& journal() const noexcept { return journal_; }

    /// What an earlier run left for graphs that this one does not know.
    [[nodiscard]] std::vector<pending_of_graph> left() const;
    [[nodiscard]] const engine_options& options() const noexcept { return options_; }

private:
    std::vector<problem> deploy(const graph_spec& graph, const crash_policy& crashes);
    void clear_suspects(const graph_spec& graph);
    void pause(const graph_spec& graph, std::shared_ptr<const plan> ingress_plan, failed_node why);
    kept_graph& find_or_make(const graph_spec& graph);
    std::shared_ptr<running_graph> attempt(const graph_spec& graph);
    void give_up_attempt(const graph_spec& graph);
    [[nodiscard]] bool is_ending() const;
    [[nodiscard]] supervise::suspicion suspicion_of(const pending_of_graph& left) const;

    catalogue& components_;
    const engine_options options_;
    host::journal& journal_;
    host::receipts receipts_;
    host::resources resources_;
    blocking_pool blocking_;
    name_locks changing_; // graphs
    mutable std::mutex mutex_;
    std::map<std::string, crash_policy, std::less<>> crash_policies_; // by graph
    std::map<std::string, pending_of_graph, std::less<>>
        left_; // by an earlier run, not taken up yet
    std::map<std::string, pending_of_graph, std::less<>>
        attempted_; // the same, of graphs whose first deployment is under way
    bool is_ending_ = false;
    bool defers_left_ = false; // what was left, in graphs that are made from now on
    std::map<std::string, kept_graph, std::less<>> graphs_;
};

} // namespace penstock::host
