// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/graph/reference.hpp"
#include "host/graph/spec.hpp"
#include "host/packages/catalogue.hpp"

#include <chrono>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// The longest time for which components are made and asked to check one graph.
inline constexpr std::chrono::seconds longest_check{10};

/// Finds what keeps a graph from running, up to problem_list::most problems and for
/// `longest_check`. Empty when it would run.
///
/// Loads the packages that the graph names and makes an instance of each component. With `resolve`,
/// references are resolved and their values checked too; without, they are taken to fit.
[[nodiscard]] std::vector<problem> check(const graph_spec& graph, catalogue& catalogue,
                                         const resolver& resolve = {});

/// Reads and checks a graph file at once: all problems of form and meaning.
[[nodiscard]] parsed_graph read_graph(std::string_view text, catalogue& catalogue,
                                      const resolver& resolve = {});

} // namespace penstock::host
