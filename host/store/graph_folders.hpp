// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/store/deployed_store.hpp"
#include "host/store/draft_store.hpp"
#include "host/store/graph_store.hpp"
#include "host/store/revision_store.hpp"
#include "host/store/state_folder.hpp"

#include <filesystem>

namespace penstock::host
{

/// What is kept of graphs in the data directory: their files, what these were, what of them
/// was deployed last, drafts, and the states of their nodes.
struct graph_folders
{
    explicit graph_folders(const std::filesystem::path& data)
        : graphs(data / "graphs"),
          drafts(data / "drafts"),
          revisions(data / "revisions"),
          deployed(data / "deployed"),
          states(data / "state")
    {
    }

    graph_store graphs;
    draft_store drafts;
    revision_store revisions;
    deployed_store deployed;
    state_folder states;
};

} // namespace penstock::host
