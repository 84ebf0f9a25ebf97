// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/host/engine/graphs/random_graph.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>

namespace penstock::faults
{

/// Makes the graph of a seed that the program can run; what happens to it is decided elsewhere.
[[nodiscard]] host::tests::random_graph make_graph(std::uint64_t seed);

/// Writes a graph as a graph file, whose components look for what to do in `place`.
[[nodiscard]] std::string file_of(const host::tests::random_graph& graph,
                                  const std::filesystem::path& place);

/// How often each publisher, by node, delivered each value.
using deliveries = std::map<std::pair<std::size_t, std::uint64_t>, std::size_t>;

/// Reads what the publishers of such a graph wrote down.
[[nodiscard]] deliveries read_record(const std::filesystem::path& file);

} // namespace penstock::faults
