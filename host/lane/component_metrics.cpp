// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/component_metrics.hpp"

#include <bit>
#include <cstdint>
#include <string>
#include <utility>

namespace penstock::host
{

using cell_access = detail::metric_access;

component_metrics::component_metrics(const std::vector<metric_description>& declared)
{
    for (const metric_description& each : declared)
    {
        sizes_.push_back(cell_access::cells(each.kind, each.bounds.size()));
        cells_.push_back(std::make_unique<detail::metric_cell[]>(sizes_.back()));
    }
}

void component_metrics::bind(component& instance) const noexcept
{
    const std::vector<metric*>& metrics = detail::component_access::members(instance).metrics;
    for (std::size_t i = 0; i < metrics.size() && i < cells_.size(); ++i)
        if (cell_access::cells(metrics[i]->kind(), metrics[i]->bounds().size()) == sizes_[i])
            cell_access::bind(*metrics[i], cells_[i].get());
}

json::object component_metrics::sum(const std::vector<metric_description>& declared,
                                    std::span<const component_metrics* const> lanes)
{
    json::object all;
    for (std::size_t i = 0; i < declared.size(); ++i)
    {
        const metric_description& metric = declared[i];
        const auto count = [&](std::size_t cell)
        {
            std::uint64_t whole = 0;
            for (const component_metrics* each : lanes)
                whole += each->cells_[i][cell].load(std::memory_order_relaxed);
            return whole;
        };
        const auto amount = [&](std::size_t cell)
        {
            double whole = 0;
            for (const component_metrics* each : lanes)
                whole +=
                    std::bit_cast<double>(each->cells_[i][cell].load(std::memory_order_relaxed));
            return whole;
        };
        json::object one{{"kind", name_of(metric.kind)}, {"help", metric.help}};
        if (metric.kind == metric_kind::counter)
            one["value"] = count(0);
        else if (metric.kind == metric_kind::gauge)
            one["value"] = amount(0);
        else
        {
            json::array buckets;
            std::uint64_t until = 0;
            for (std::size_t bucket = 0; bucket < metric.bounds.size(); ++bucket)
            {
                until += count(bucket);
                buckets.push_back({{"le", metric.bounds[bucket]}, {"count", until}});
            }
            one["count"] = until + count(metric.bounds.size());
            one["sum"] = amount(metric.bounds.size() + 1);
            one["buckets"] = std::move(buckets);
        }
        all[metric.name] = std::move(one);
    }
    return all;
}

} // namespace penstock::host
