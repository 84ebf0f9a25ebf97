// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/graph/check.hpp"
#include "host/graph/retry.hpp"
#include "host/graph/spec.hpp"
#include "host/lane/quarantine.hpp"
#include "host/packages/catalogue.hpp"

#include <penstock/component.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace penstock::host
{

/// One edge of a plan; nodes and ports are indices.
struct planned_edge
{
    std::size_t from_node;
    std::size_t from_port; ///< an index among the outputs; `error_port` for the implicit one
    std::size_t to_node;
    std::size_t to_port;
    std::size_t capacity;
    bool drops = false; ///< what it has no room for
};

inline constexpr std::size_t error_port = static_cast<std::size_t>(-1);

/// One node of a plan.
struct planned_node
{
    std::string name;
    std::string component; ///< `package/name@version`
    penstock::category category = category::transformer;
    std::function<std::unique_ptr<penstock::component>()> make; ///< a fresh, configured instance
    std::vector<std::string> inputs;
    std::vector<std::string> outputs;
    std::vector<std::string> accepts; ///< of an adapter
    std::shared_ptr<const penstock::component>
        declared; ///< of an adapter: an instance that is not run
    std::vector<metric_description> metrics;
    bool takes_triggers = false;
    std::optional<std::size_t> entry; ///< the input at which the host offers requests
    bool is_source = false;
    bool acknowledges = false; ///< a source that is told of the ends of its packets
    bool keeps_state = false;
    bool replies_whole = false;       ///< what it replies is the whole answer to its request
    bool replicates = false;          ///< what it delivers is on the disks of several machines
    std::vector<std::string> secrets; ///< that the component may not tell
    std::size_t stack_bytes = 256 * 1024;
    std::vector<quarantined_packet> quarantine; ///< packets that are not to be tried here again
    retry_policy retry = no_retry;

    /// Makes an adapter that an edge feeds take nothing at the door.
    void close_door() noexcept;
};

/// A graph made ready to run: nodes in topological order, names turned into indices. Shared by all
/// lanes and never changed.
struct plan
{
    std::string graph;
    std::string partition_by;                    ///< the name of a meta value; or empty
    std::optional<std::uint64_t> pending_memory; ///< see graph_spec
    std::vector<planned_node> nodes;
    std::vector<planned_edge> edges;
    std::vector<quarantined_packet> quarantine; ///< entries, by their ids, that are not let in

    /// Returns whether one of the nodes makes whole answers.
    [[nodiscard]] bool replies_whole() const noexcept;

    /// Returns whether its publishers, of which there are some, all put what they deliver on the
    /// disks of several machines.
    [[nodiscard]] bool replicates() const noexcept;
};

/// Names an edge: `src.port>dst.port`.
[[nodiscard]] std::string id_of(const planned_edge& edge, const plan& within);

/// Makes the plan of a graph that check() found nothing wrong with, but for what is in quarantine.
[[nodiscard]] std::shared_ptr<const plan>
make_plan(const graph_spec& graph, catalogue& catalogue, const resolver& resolve = {},
          const std::vector<quarantined_packet>& quarantine = {});

/// Makes a plan that takes everything in, for a graph that is not run: nothing of its packages is
/// loaded for it.
[[nodiscard]] std::shared_ptr<const plan> make_open_plan(const graph_spec& graph);

} // namespace penstock::host
