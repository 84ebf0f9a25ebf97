// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "metric_sums.hpp"

#include <bit>
#include <cstddef>

namespace penstock::testing
{

void add_metrics(const detail::component_members& of, bool is_last, result& into)
{
    for (const metric* each : of.metrics)
    {
        const detail::metric_cell* cells = detail::metric_access::cells(*each);
        double& kept = into.metrics[each->name()];
        if (each->kind() == metric_kind::gauge)
            kept += is_last ? std::bit_cast<double>(cells[0].load()) : 0;
        else
            for (std::size_t i = 0; i <= each->bounds().size(); ++i)
                kept += static_cast<double>(cells[i].load());
    }
}

} // namespace penstock::testing
