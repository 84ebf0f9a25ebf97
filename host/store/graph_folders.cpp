// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/graph_folders.hpp"

namespace penstock::host
{

std::optional<problem> graph_folders::note_deployed(const graph_spec& graph) const
{
    const std::filesystem::path file = graphs.file_of(graph.name);
    if (auto failed = deployed.save(file, graph))
        return failed;
    return runs.note({graph, file});
}

std::optional<problem> graph_folders::note_stopped(const graph_spec& graph) const
{
    return runs.note({graph, graphs.file_of(graph.name), true});
}

std::optional<problem> graph_folders::remove(std::string_view graph) const
{
    for (auto& failed :
         {graphs.remove(graph), runs.remove(graph), deployed.remove(graphs.file_of(graph)),
          drafts.remove(graph), revisions.remove(graph), states.remove(graph)})
        if (failed)
            return failed;
    return std::nullopt;
}

} // namespace penstock::host
