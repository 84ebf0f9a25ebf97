// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/rollout/graph_on_host.hpp"

#include <chrono>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::rollout
{

/// What became of one host in a rollout.
enum class host_outcome
{
    unchanged,
    deployed,
    restored, ///< something had changed, and is again what it was
    stuck     ///< what was before could not be restored
};

[[nodiscard]] std::string_view name_of(host_outcome outcome) noexcept;

/// What is done with one host at a time.
enum class host_step
{
    checking,
    ready, ///< it would run the graph
    deploying,
    going_back
};

/// Limits and listeners of a rollout.
struct rollout_options
{
    /// How long the deployment on one host, and the way back of one host may take; the way back has at
    /// least a minute.
    std::chrono::milliseconds wait = std::chrono::minutes(2);

    /// The same for the questions before it; zero: as `wait`.
    std::chrono::milliseconds check_wait{0};

    std::function<bool()> is_interrupted{};

    /// Called with each problem, and the host that has it; null: the rollout was interrupted.
    std::function<void(const graph_on_host*, const problem&)> complain{};

    /// Called when something has become of a host.
    std::function<void(const graph_on_host&, host_outcome)> tell{};

    /// Called when a step of a host begins; may be empty.
    std::function<void(const graph_on_host&, host_step)> begin{};
};

/// Deploys a graph on one host after the other: on none if one of them would refuse it, and on all or
/// none otherwise, as far as those that have it go back. Returns what became of each; all are
/// `deployed` if it went well. For one thread; blocks.
[[nodiscard]] std::vector<host_outcome> roll_out(std::deque<graph_on_host>& hosts,
                                                 const rollout_options& options);

} // namespace penstock::host::rollout
