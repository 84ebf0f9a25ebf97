// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What targets tell, in plugins/prometheus.

#include "plugins/prometheus/exposition.hpp"
#include "target.hpp"

#include <stdexcept>

namespace penstock::fuzz
{

using namespace prometheus_package;

std::vector<std::string> seeds()
{
    return {"# HELP a What it is.\n# TYPE a counter\na{b=\"c\",d=\"\\\\ \\\" \\n\",} 1027 "
            "1395066363000\n",
            "# TYPE h histogram\nh_bucket{le=\"+Inf\"} 3\nh_sum 1.5e3\nh_count 3\n",
            "a +Inf\r\nb NaN\n\nc -.5e-3 -3982045"};
}

void try_input(std::string_view input)
{
    try
    {
        const auto found = read_exposition(input, 1000);
        hold(found.size() <= 1000, "samples are bounded");
        for (const sample& each : found)
        {
            hold(!each.name.empty() && !each.type.empty(), "a sample has a name and a type");
            for (const auto& [name, value] : each.labels)
                hold(!name.empty(), "a label has a name");
        }
    }
    catch (const std::runtime_error&)
    {
    }
}

} // namespace penstock::fuzz
