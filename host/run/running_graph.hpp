// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/run/budget.hpp"
#include "host/run/dead_letters.hpp"
#include "host/run/deployment.hpp"
#include "host/run/entry.hpp"
#include "host/run/receipt.hpp"

#include <penstock/json.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace penstock::host
{

/// What the door says to a request.
enum class admission
{
    accepted,
    full,      ///< try again later
    too_large, ///< can never fit
    closed     ///< no version of the graph is running
};

/// What a graph does now.
enum class graph_state
{
    stopped,
    starting,
    running,
    failed,  ///< runs, but a node has given up
    draining ///< takes in nothing more
};

[[nodiscard]] std::string_view name_of(graph_state state) noexcept;

/// A node that has given up.
struct failed_node
{
    std::string node;
    std::string reason;
    std::chrono::system_clock::time_point since;
};

/// What a graph has done with its entries since the host started.
struct graph_totals
{
    std::uint64_t accepted = 0;
    std::uint64_t done = 0;
    std::uint64_t refused = 0; ///< because it was full
    std::uint64_t delivered = 0;
    std::uint64_t dropped = 0;
    std::uint64_t failed = 0;
    std::uint64_t dead = 0;
};

/// Where a graph writes its log lines: severity, graph, node, text. [any thread]
using log_function = std::function<void(severity, std::string_view graph, std::string_view node,
                                        std::string_view text)>;

/// What running graphs share.
struct graph_services
{
    receipt_store& receipts;
    host::dead_letters& dead_letters;
    run_services run;
    log_function log;
};

/// One graph by name: takes entries in, has its current version work them off, and exchanges
/// versions without losing any. [any thread]
class running_graph final : public deployment_owner
{
public:
    running_graph(std::string name, budget_limits limits, graph_services services);

    /// Waits for the versions that still drain.
    ~running_graph();

    /// Starts a new version; if all its components start, entries go to it from now on, and the old
    /// version drains for up to `drain`, then is cancelled, its entries moving to the new one.
    /// Returns `node: what is wrong` otherwise, the old version untouched. Blocks.
    std::optional<std::string> deploy(std::shared_ptr<const host::plan> plan, std::size_t lanes,
                                      std::chrono::milliseconds drain);

    /// Takes in nothing more, and works off what is pending for up to `drain`; what is left then
    /// waits for the next deploy(). Returns how many entries are left. Blocks.
    std::size_t stop(std::chrono::milliseconds drain);

    /// Makes a receipt for an entry and hands it to a lane, or says why not; the entry is kept
    /// then. `bytes` of the entry is what it counts against the budget. `issued` hears of the
    /// receipt, which is worth nothing unless the entry was accepted.
    admission submit(std::unique_ptr<entry>& request,
                     std::shared_ptr<const receipt>* issued = nullptr);

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] graph_state state() const;
    [[nodiscard]] std::vector<failed_node> failed_nodes() const;
    [[nodiscard]] graph_totals totals() const;
    [[nodiscard]] const host::budget& pending() const noexcept { return budget_; }

    /// The plan that takes entries now, or null.
    [[nodiscard]] std::shared_ptr<const host::plan> current_plan() const;

    /// Counters of nodes and edges, summed over lanes, and the load of each lane.
    [[nodiscard]] json::object stats() const;

private:
    void finished(std::unique_ptr<entry> done, receipt_result result) noexcept override;
    void abandoned(std::unique_ptr<entry> pending) noexcept override;
    bool offer(const std::string& source, std::size_t port, packet& packet) override;
    std::string bury(dead_letter letter) override;
    void log(severity level, std::string_view node, std::string_view text) noexcept override;
    void node_failed(std::string_view node, std::string_view reason) override;

    struct retirement
    {
        std::thread thread;
        bool is_over = false;
    };

    std::shared_ptr<deployment> current() const;
    bool hand_over(std::unique_ptr<entry>& request, bool in_turn);
    void retire(std::shared_ptr<deployment> old, std::chrono::steady_clock::time_point deadline);
    void release_held();
    void join_retired();

    const std::string name_;
    const graph_services services_;
    host::budget budget_;
    std::mutex deploying_; // one exchange of versions at a time

    mutable std::mutex mutex_; // guards what follows
    std::shared_ptr<deployment> current_;
    bool starting_ = false;
    bool draining_ = false;
    std::size_t old_versions_ = 0;
    bool releasing_ = false; // what was held is on its way to the current version
    std::vector<std::unique_ptr<entry>> abandoned_; // by a version that was cancelled
    std::vector<std::unique_ptr<entry>> held_;      // of a key, while an old version drains
    std::vector<failed_node> failed_nodes_;
    std::list<retirement> retiring_;
    std::vector<std::shared_ptr<deployment>> stuck_; // in blocking work, until that returns

    std::atomic<std::uint64_t> accepted_{0};
    std::atomic<std::uint64_t> refused_{0};
    mutable std::mutex totals_mutex_;
    graph_totals totals_;
};

} // namespace penstock::host
