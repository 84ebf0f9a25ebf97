// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/deployment.hpp"
#include "host/engine/intake/waiting_entries.hpp"
#include "host/engine/node_health.hpp"

#include <chrono>
#include <cstddef>
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

class tap;

/// The versions of a graph: the one that runs, those that drain, and the entries that wait between
/// them. Exchanges versions without losing any entry. [any thread]
class versions
{
public:
    /// Called when a version does not end because a node does not return from blocking work.
    using stuck_function = std::function<void(const std::string& node)>;

    /// `owner` and `health` outlive it.
    versions(lane_owner& owner, node_health& health, const run_services& services,
             deployment::offer_function offer, stuck_function stuck);

    /// All versions were retired.
    ~versions();

    /// Starts a new version; see running_graph::deploy().
    std::optional<std::string> deploy(std::shared_ptr<const plan> plan, std::size_t lanes,
                                      std::chrono::milliseconds drain);

    /// Pauses the graph: entries are accepted as `ingress_plan` says and none processed until the
    /// next deploy(), unless a version runs.
    void pause(std::shared_ptr<const plan> ingress_plan, failed_node why);

    /// Closes the intake, calls `taken_in`, processes what is pending and retires the version
    /// that runs, by `deadline`. What is left then waits for the next deploy(). Blocks.
    void stop(std::chrono::steady_clock::time_point deadline, const std::function<void()>& taken_in,
              const std::function<void()>& worked_off);

    /// Waits for versions that did not end because of blocking work. Blocks.
    void wait_for_stuck();

    /// Gives an entry to the version that runs; false, and the entry kept, if none does. Entries of
    /// one key stay in order: one waits behind those that came before it, in an older version or on
    /// their way from there.
    bool dispatch(std::unique_ptr<entry>& pending);

    /// Keeps an entry for the next version.
    void hold(std::unique_ptr<entry> pending);

    /// Gives out the entries that wait for a version.
    [[nodiscard]] std::vector<std::unique_ptr<entry>> take_waiting();

    /// Keeps an entry that a version was cancelled with for its successor, in order.
    void abandoned(std::unique_ptr<entry> pending) noexcept;

    /// What the versions are about.
    struct status
    {
        bool is_running = false;
        bool is_paused = false;
        bool is_starting = false;
        bool is_draining = false;

        [[nodiscard]] bool is_open() const noexcept
        {
            return (is_running || is_paused) && !is_draining;
        }
    };
    [[nodiscard]] status now() const;

    /// The version that runs, or null.
    [[nodiscard]] std::shared_ptr<deployment> current() const;

    /// The plan by which entries are taken in, or null.
    [[nodiscard]] std::shared_ptr<const plan> current_plan() const;

    /// The nodes of the version that runs which have given up.
    [[nodiscard]] std::vector<failed_node> failed_nodes() const;

    /// Why entries are taken in and not worked on; nothing if they are.
    [[nodiscard]] std::optional<failed_node> paused() const;

    /// Adds a tap to an edge; see running_graph::add_tap().
    bool add_tap(const std::string& edge, const std::shared_ptr<tap>& viewer);

private:
    struct placed_tap
    {
        std::string edge;
        std::weak_ptr<tap> viewer;
    };

    struct retirement
    {
        std::thread thread;
        bool is_over = false;
    };

    bool hand_over(std::unique_ptr<entry>& pending, bool in_order);
    void release_held();
    void begin_retirement(std::shared_ptr<deployment> old, std::chrono::milliseconds drain);
    void retire(std::shared_ptr<deployment> old, std::chrono::steady_clock::time_point deadline,
                bool has_successor);
    void join_retired();
    void place_taps();

    lane_owner& owner_;
    node_health& health_;
    const run_services services_;
    const deployment::offer_function offer_;
    const stuck_function stuck_function_;
    std::mutex deploying_; // one exchange of versions at a time

    mutable std::mutex mutex_; // guards what follows
    std::shared_ptr<deployment> current_;
    std::shared_ptr<const plan> ingress_plan_; // of a graph that is paused; or null
    failed_node paused_for_;
    bool starting_ = false;
    bool draining_ = false;
    waiting_entries waiting_;
    std::vector<placed_tap> taps_;
    std::list<retirement> retiring_;
    std::vector<std::shared_ptr<deployment>> stuck_; // in blocking work, until that returns
};

} // namespace penstock::host
