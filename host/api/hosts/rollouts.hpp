// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/background_pool.hpp"
#include "host/api/hosts/host_list.hpp"
#include "host/api/hosts/rollout_record.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::api
{

/// The rollouts that this host carries out for callers, one of a graph at a time, and the last ones of
/// as many as 64 graphs. [any thread]
class rollouts
{
public:
    /// All outlive this object. `wait` is how long a host may take.
    rollouts(const host_list& hosts, background_pool& pool, std::chrono::milliseconds wait);

    /// Begins to run a graph on all hosts, or none. With a tag, the own host must still keep that
    /// version. Returns its record; null if one of that graph goes on already, or too many wait.
    [[nodiscard]] std::shared_ptr<const rollout_record>
    deploy(rollout::new_graph graph, const std::string& expected_tag, const caller& who);

    /// Begins to stop a graph on all hosts; one that does not answer keeps no other from it.
    [[nodiscard]] std::shared_ptr<const rollout_record> stop(const std::string& graph,
                                                             const caller& who);

    /// The last one of a graph; null if there is none.
    [[nodiscard]] std::shared_ptr<rollout_record> find(std::string_view graph) const;

private:
    using record = std::shared_ptr<rollout_record>;

    [[nodiscard]] record add(rollout::new_graph graph);
    void remove(const record& which);
    [[nodiscard]] record begin(rollout::new_graph graph, std::string_view verb,
                               const std::function<void(rollout_record&)>& act);
    void deploy_now(rollout_record& into, const std::string& expected_tag, const caller& who) const;
    void stop_now(rollout_record& into, const caller& who) const;

    const host_list& hosts_;
    background_pool& pool_;
    const std::chrono::milliseconds wait_;
    mutable std::mutex mutex_;
    std::vector<record> all_; // guarded by it; the oldest first
};

} // namespace penstock::host::api
