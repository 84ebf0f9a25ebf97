// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"
#include "host/graph/spec.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace penstock::host
{

/// A graph and the file that it came from.
struct graph_file
{
    std::filesystem::path file;
    graph_spec graph;
    std::vector<problem> problems; ///< of the file and its form, each with the file's name
};

/// Reads a graph file; in YAML if its name ends with `.yaml` or `.yml`.
[[nodiscard]] graph_file read_graph(const std::filesystem::path& file);

/// Returns the files, each folder replaced by the graph files in it: its `*.json`, `*.yaml` and
/// `*.yml` but for tests (`*.test.json`), in the order of their names. A folder without any stays.
[[nodiscard]] std::vector<std::string> unfolded(const std::vector<std::string>& files);

/// Reads the files, of folders the graph files in them, and finds names that two of them have.
[[nodiscard]] std::vector<graph_file> read_graphs(const std::vector<std::string>& files);

/// Puts the name of a file in front of problems.
[[nodiscard]] std::vector<problem> located(std::vector<problem> problems,
                                           const std::filesystem::path& file);

} // namespace penstock::host
