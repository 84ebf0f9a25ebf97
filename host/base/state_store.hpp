// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace penstock::host
{

/// Keeps the states of nodes over versions of their graphs and runs of the host. [any thread]
class state_store
{
public:
    virtual ~state_store() = default;

    /// The text that was saved last for a node, or for a key of it, unless that is empty; nothing
    /// if none was. Throws std::runtime_error if it cannot be read. Blocks.
    [[nodiscard]] virtual std::optional<std::string>
    load(const std::string& graph, const std::string& node, std::string_view key = {}) const = 0;

    /// Replaces that text, whole or not at all, also when power fails. Throws
    /// std::runtime_error. Blocks until it is kept. One caller at a time for a node and key.
    virtual void save(const std::string& graph, const std::string& node, const std::string& text,
                      std::string_view key = {}) const = 0;
};

} // namespace penstock::host
