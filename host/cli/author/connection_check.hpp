// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace penstock::host::cli
{

/// Starts publishers of graphs and has them connect with the outside, each in a process of its own,
/// which ends then. No packet is published; what `start()` and `connect()` make, as an empty file
/// or a table, stays.
class connection_check
{
public:
    /// `data` is a host's data directory, of which secrets are read; `time` is for each publisher.
    connection_check(std::vector<std::string> packages, std::filesystem::path data,
                     std::chrono::milliseconds time);

    /// Tries one node of a graph that check() found nothing wrong with. Returns why it is not
    /// connected; nothing: it is. Blocks for the time at most.
    [[nodiscard]] std::optional<std::string> try_node(const std::filesystem::path& graph,
                                                      const std::string& node) const;

private:
    std::vector<std::string> packages_;
    std::filesystem::path data_;
    std::chrono::milliseconds time_;
};

} // namespace penstock::host::cli
