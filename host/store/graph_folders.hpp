// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/store/deployed_store.hpp"
#include "host/store/draft_store.hpp"
#include "host/store/graph_store.hpp"
#include "host/store/revision_store.hpp"
#include "host/store/run_list.hpp"
#include "host/store/state_folder.hpp"

#include <filesystem>
#include <optional>
#include <string_view>

namespace penstock::host
{

/// What is kept of graphs in the data directory: their files, what these were, what of them
/// was deployed last, which of them run, drafts, and the states of their nodes.
struct graph_folders
{
    explicit graph_folders(const std::filesystem::path& data)
        : graphs(data / "graphs"),
          drafts(data / "drafts"),
          revisions(data / "revisions"),
          deployed(data / "deployed"),
          runs(data / "running"),
          states(data / "state")
    {
    }

    /// Notes that a graph was deployed over HTTP; says what failed. Blocks.
    [[nodiscard]] std::optional<problem> note_deployed(const graph_spec& graph) const;

    /// Notes that a graph was stopped, so that neither another worker nor the next start runs it.
    [[nodiscard]] std::optional<problem> note_stopped(const graph_spec& graph) const;

    /// Removes all of a graph, its file first: after a crash in between, it is gone at the next
    /// start. Says what failed. Blocks.
    [[nodiscard]] std::optional<problem> remove(std::string_view graph) const;

    graph_store graphs;
    draft_store drafts;
    revision_store revisions;
    deployed_store deployed;
    run_list runs;
    state_folder states;

private:
    [[nodiscard]] std::optional<problem> note_run(const graph_spec& graph, bool is_stopped) const;
};

} // namespace penstock::host
