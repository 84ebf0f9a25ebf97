// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/availability.hpp"
#include "host/lane/retry_note.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace penstock::host
{

/// The health of the nodes of a graph, for all its versions: whether what they work with is
/// available. [any thread]
class node_health
{
public:
    /// Whether what a node works with is there; one for all lanes and versions.
    [[nodiscard]] std::shared_ptr<availability> availability_of(const std::string& node);

    /// Since when what a node works with is away; nothing if it is there.
    [[nodiscard]] std::optional<retry_report> away_report_of(const std::string& node) const;

    /// Makes all pending probes due at once.
    void hurry();

private:
    mutable std::mutex mutex_;                                            // guards what follows
    std::map<std::string, std::shared_ptr<availability>> availabilities_; // by node
};

} // namespace penstock::host
