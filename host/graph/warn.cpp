// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/warn.hpp"

#include "host/base/json_pointer.hpp"

#include <utility>

namespace penstock::host
{

std::vector<problem> warn(const graph_spec& graph, catalogue& catalogue)
{
    std::vector<problem> found;
    for (const node_spec& node : graph.nodes)
    {
        if (node.component.empty())
            continue; // its form is wrong
        const auto type = catalogue.find(node.component, node.package);
        if (type == nullptr || type->status != status::deprecated)
            continue;
        std::string instead = type->successor.empty() ? "another component was expected"
                                                      : quote(type->successor) + " was expected";
        found.emplace_back("", pointer_to(pointer_to("/nodes", node.name), "component"),
                           "component " + quote(type->id) + " is deprecated", std::move(instead));
    }
    return found;
}

} // namespace penstock::host
