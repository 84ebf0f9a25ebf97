// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/problem.hpp"
#include "host/graph/spec.hpp"

#include <filesystem>
#include <mutex>
#include <optional>

namespace penstock::host
{

/// Keeps the version of each graph file that was deployed last, in a folder of its own: what is run
/// while the file cannot be. [any thread]
class deployed_store
{
public:
    /// The folder is made when the first graph is saved.
    explicit deployed_store(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Reads the version of a graph file; nothing if none was deployed, or it cannot be read.
    [[nodiscard]] std::optional<graph_spec> read(const std::filesystem::path& graph_file) const;

    /// Writes it to the disk, unless it is there already; says what failed. Blocks.
    [[nodiscard]] std::optional<problem> save(const std::filesystem::path& graph_file,
                                              const graph_spec& graph) const;

    /// Removes it, if there is one; says what failed.
    [[nodiscard]] std::optional<problem> remove(const std::filesystem::path& graph_file) const;

private:
    [[nodiscard]] std::filesystem::path file_of(const std::filesystem::path& graph_file) const;

    const std::filesystem::path folder_;
    mutable std::mutex mutex_; // one file is written at a time
};

} // namespace penstock::host
