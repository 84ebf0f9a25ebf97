// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/problem.hpp"
#include "host/base/state_store.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace penstock::host
{

/// Keeps the states of nodes in a folder of its own: `GRAPH/NODE.json`, and `GRAPH/NODE/ID.json`
/// for keys, where ID is made from the key.
class state_folder final : public state_store
{
public:
    /// The folder is made when the first state is saved.
    explicit state_folder(std::filesystem::path folder) : folder_(std::move(folder)) {}

    [[nodiscard]] std::optional<std::string> load(const std::string& graph, const std::string& node,
                                                  std::string_view key = {}) const override;
    void save(const std::string& graph, const std::string& node, const std::string& text,
              std::string_view key = {}) const override;

    /// Removes all states of a graph that has stopped; says what failed.
    [[nodiscard]] std::optional<problem> remove(std::string_view graph) const;

private:
    [[nodiscard]] std::filesystem::path file_of(const std::string& graph, const std::string& node,
                                                std::string_view key) const;

    std::filesystem::path folder_;
};

} // namespace penstock::host
