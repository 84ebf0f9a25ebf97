// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/lane_check.hpp"

#include "host/base/json_pointer.hpp"

#include <cstddef>
#include <functional>
#include <string>

namespace penstock::host
{

namespace
{

using rule = std::function<bool(const component_description&)>;

struct lane_rule
{
    bool holds; // of the graph, whatever its components are
    rule concerns;
    const char* what;
    const char* expected;
};

} // namespace

void check_lanes(const graph_spec& graph, const std::vector<known_node>& nodes,
                 problem_list& problems)
{
    const bool has_one_lane = graph.lanes == 1u;
    const bool has_keys = graph.partition_by.has_value();
    const lane_rule rules[] = {
        // Instances on several lanes would overwrite what the others keep.
        {has_one_lane,
         [](const component_description& has) { return has.keeps_state && !has.is_source(); },
         "keeps state", "\"lanes\": 1 was expected"},
        {has_keys, [](const component_description& has) { return has.keeps_state_by_key; },
         "keeps state by key", "\"partition_by\" was expected"},
        {has_one_lane || has_keys, [](const component_description& has) { return has.singleton; },
         "must see all packets", "\"lanes\": 1 or \"partition_by\" was expected"}};
    for (const lane_rule& each : rules)
        for (std::size_t i = 0; i < nodes.size() && !each.holds; ++i)
            if (nodes[i].type != nullptr && each.concerns(nodes[i].type->description))
                problems.add(pointer_to("/nodes", graph.nodes[i].name),
                             "component " + quote(graph.nodes[i].component) + ' ' + each.what,
                             each.expected);
}

} // namespace penstock::host
