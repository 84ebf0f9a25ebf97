// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/node/node_setting.hpp"

#include <penstock/detail/runtime.hpp>
#include <penstock/json.hpp>

#include <optional>
#include <string_view>

namespace penstock::host
{

/// What a node keeps for its next instance, on the disk. Calls suspend. [the lane's thread]
class node_state
{
public:
    /// Blocking work is done by `runtime`.
    node_state(const node_setting& of, detail::runtime& runtime) : of_(of), runtime_(runtime) {}

    /// Reads what was saved last for the node, or a key of it. Throws std::runtime_error.
    [[nodiscard]] std::optional<json::value> load(std::string_view key) const;

    /// Keeps it. Throws `unavailable`.
    void save(std::string_view key, const json::value& value) const;

private:
    const node_setting& of_;
    detail::runtime& runtime_;
};

} // namespace penstock::host
