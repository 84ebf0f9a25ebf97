// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/problem.hpp"
#include "host/graph/spec.hpp"

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// Keeps graph files made over HTTP in a folder of their own, one file each: `NAME.json`. A file
/// is replaced whole or not at all, also when power fails. [one thread at a time]
class graph_store
{
public:
    /// The folder is made when the first graph is saved.
    explicit graph_store(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Reads all files, by name; what is wrong with one, or with the folder, is told with its path,
    /// and one that is wrong has the name of its file. Temporary files that a crash left are passed
    /// over.
    [[nodiscard]] std::vector<parsed_graph> load() const;

    /// Writes the canonical form to the disk; says what failed.
    [[nodiscard]] std::optional<problem> save(const graph_spec& graph) const;

    /// Removes a graph's file, if there is one; says what failed.
    [[nodiscard]] std::optional<problem> remove(std::string_view graph) const;

    /// The file of a graph, whether it is there or not.
    [[nodiscard]] std::filesystem::path file_of(std::string_view graph) const;

private:
    std::filesystem::path folder_;
};

} // namespace penstock::host
