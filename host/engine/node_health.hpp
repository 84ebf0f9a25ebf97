// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/availability.hpp"
#include "host/lane/retry_note.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// A node that has given up.
struct failed_node
{
    std::string node;
    std::string reason;
    std::chrono::system_clock::time_point since;
};

/// The health of the nodes of a graph: which have given up, and, for all its versions, whether what
/// they work with is available. [any thread]
class node_health
{
public:
    /// Called when a node of the version that runs has given up, and when another version runs.
    void failed(std::string_view node, std::string_view reason);
    void begin_version();
    [[nodiscard]] std::vector<failed_node> failed_nodes() const;

    /// Whether what a node works with is there; one for all lanes and versions.
    [[nodiscard]] std::shared_ptr<availability> availability_of(const std::string& node);

    /// Since when what a node works with is away; nothing if it is there.
    [[nodiscard]] std::optional<retry_report> away_report_of(const std::string& node) const;

    /// Makes all pending probes due at once.
    void hurry();

private:
    mutable std::mutex mutex_; // guards what follows
    std::vector<failed_node> failed_;
    std::map<std::string, std::shared_ptr<availability>> availabilities_; // by node
};

} // namespace penstock::host
