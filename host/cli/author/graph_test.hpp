// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"
#include "host/engine/dry_run.hpp"
#include "host/lane/plan.hpp"

#include <penstock/json.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace penstock::host::cli
{

/// One test of a graph, as its file describes it.
struct graph_test
{
    std::string name;
    std::string pointer; ///< to it within the file
    json::object given;  ///< packets by `node.port`
    json::object expect; ///< packets by `node.port`
    std::vector<std::string> replace;
    json::value replies;           ///< a list of packets; or null
    std::vector<std::string> dead; ///< `node: reason`
};

/// A file NAME.test.json.
struct graph_test_file
{
    std::filesystem::path file;
    std::filesystem::path graph; ///< beside it
    std::vector<graph_test> tests;
    std::vector<problem> problems; ///< of the file's form, located
};

/// Reads a file of tests and tells everything that is wrong with its form.
[[nodiscard]] graph_test_file read_graph_tests(const std::filesystem::path& file);

/// Turns a test into a script for a plan: a node of which outputs are given, a publisher of which
/// inputs are expected, and what `replace` names is replaced. Tells unknown nodes and ports and
/// packets that are none, with pointers into the file.
[[nodiscard]] dry_run_script script_of(const graph_test& test, const plan& plan,
                                       std::vector<problem>& problems);

/// Returns how a dry run differs from what a test expects, a line for each difference.
[[nodiscard]] std::vector<std::string> findings_of(const graph_test& test, const plan& plan,
                                                   const dry_run_result& came);

} // namespace penstock::host::cli
