// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/hosts/host_list.hpp"
#include "host/base/problem.hpp"
#include "host/rollout/rollout.hpp"

#include <penstock/json.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::api
{

/// What a rollout does, and has done, with each host: a deployment, or a stop of a graph on all of
/// them. [any thread]
class rollout_record
{
public:
    /// An empty `text` is a stop. `hosts` outlive this object.
    rollout_record(rollout::new_graph graph, const std::vector<listed_host>& hosts);

    [[nodiscard]] const rollout::new_graph& graph() const noexcept { return graph_; }

    [[nodiscard]] bool has_ended() const;

    /// Has a deployment go back after the step that it is at.
    void interrupt() noexcept { is_interrupted_ = true; }

    [[nodiscard]] bool is_interrupted() const noexcept { return is_interrupted_; }

    /// Notes what is done with a host.
    void note(std::size_t host, std::string_view step);

    /// Notes what the host had of the graph before.
    void note_before(std::size_t host, std::string before);

    /// Notes what is wrong with a host, or with the rollout.
    void complain(std::optional<std::size_t> host, const problem& what);

    /// Notes what became of a deployment: of each host, and so of all.
    void end(const std::vector<rollout::host_outcome>& outcomes);

    /// Notes that all hosts were asked to stop.
    void end_stop();

    /// Notes that nothing more is done with any host.
    void give_up(const problem& why);

    /// All of it, as the API tells it.
    [[nodiscard]] json::object told() const;

private:
    struct host_record
    {
        const listed_host* which;
        std::string step = "waiting";
        std::string before{};
        std::vector<problem> problems{};
    };

    void close(std::string_view outcome);

    const rollout::new_graph graph_;
    const std::chrono::system_clock::time_point begun_ = std::chrono::system_clock::now();
    std::atomic<bool> is_interrupted_ = false;
    mutable std::mutex mutex_; // guards what follows
    std::vector<host_record> hosts_;
    std::vector<problem> problems_;
    std::string outcome_; // empty: it goes on
    std::chrono::system_clock::time_point ended_;
};

} // namespace penstock::host::api
