// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <penstock/component.hpp>
#include <penstock/description.hpp>
#include <penstock/json.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace penstock::host
{

/// Keeps the numbers of the metrics that a component declares, for one node of one lane. They
/// outlive the component's instances. Written by the component, read by any thread.
class component_metrics
{
public:
    component_metrics() = default;
    explicit component_metrics(const std::vector<metric_description>& declared);

    /// Connects the metrics of an instance to these cells. Metrics declared differently stay its
    /// own.
    void bind(component& instance) const noexcept;

    /// Adds up the numbers of a node's lanes, as the stats of its graph show them, by name:
    /// `{"kind", "help", "value"}`, of a histogram `{"kind", "help", "count", "sum", "buckets"}`
    /// where a bucket is `{"le", "count"}` and counts those before it too.
    [[nodiscard]] static json::object sum(const std::vector<metric_description>& declared,
                                          std::span<const component_metrics* const> lanes);

private:
    std::vector<std::size_t> sizes_;
    std::vector<std::unique_ptr<detail::metric_cell[]>> cells_;
};

} // namespace penstock::host
