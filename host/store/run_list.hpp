// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/problem.hpp"
#include "host/graph/spec.hpp"

#include <filesystem>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// A graph that is to run, or was stopped by somebody.
struct listed_run
{
    graph_spec graph;           ///< the version that was deployed last, or is to be
    std::filesystem::path file; ///< what it was read from, or is kept in
    bool is_stopped = false;
};

/// The graphs that a host runs, as they were deployed, and those that were stopped, in a folder of
/// its own: a worker that replaces another goes on with them, whatever their files say by then.
/// [any thread]
class run_list
{
public:
    /// The folder is made when the first graph is noted.
    explicit run_list(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Returns whether anything was ever noted.
    [[nodiscard]] bool is_begun() const;

    /// Reads all that is noted, in the order of names. What cannot be read is left out.
    [[nodiscard]] std::vector<listed_run> all() const;

    /// Reads what is noted of a graph; nothing if nothing is.
    [[nodiscard]] std::optional<listed_run> of_graph(std::string_view graph) const;

    /// Reads what is noted of a graph file, among all that is noted; nothing if nothing
    /// is.
    [[nodiscard]] std::optional<listed_run> of_file(const std::filesystem::path& file) const;

    /// Notes a graph, in place of what was noted of its name; says what failed. Blocks.
    [[nodiscard]] std::optional<problem> note(const listed_run& run) const;

    /// Forgets a graph; says what failed. Blocks.
    [[nodiscard]] std::optional<problem> remove(std::string_view graph) const;

private:
    [[nodiscard]] std::filesystem::path file_of(std::string_view graph) const;

    const std::filesystem::path folder_;
    mutable std::mutex mutex_; // one file is written at a time
};

} // namespace penstock::host
