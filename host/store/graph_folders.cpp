// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/graph_folders.hpp"

namespace penstock::host
{

std::optional<problem> graph_folders::note_deployed(const graph_spec& graph) const
{
    if (auto failed = deployed.save(graphs.file_of(graph.name), graph))
        return failed;
    return note_run(graph, false);
}

std::optional<problem> graph_folders::note_stopped(const graph_spec& graph) const
{
    return note_run(graph, true);
}

// A graph that came from a file that was named still has that file.
std::optional<problem> graph_folders::note_run(const graph_spec& graph, bool is_stopped) const
{
    const auto before = runs.of_graph(graph.name);
    return runs.note({graph, before ? before->file : graphs.file_of(graph.name), is_stopped});
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
