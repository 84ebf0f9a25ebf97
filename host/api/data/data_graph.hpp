// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/engine.hpp"
#include "host/lane/plan.hpp"
#include "host/net/message.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host::api
{

/// The graph that a request is for, and the version by which it takes data in.
struct data_graph
{
    std::shared_ptr<running_graph> graph;
    std::shared_ptr<const plan> version;
};

/// Finds the graph of that name; without a name the one that `usual` names, or the first. An answer
/// refuses: 404, 503.
[[nodiscard]] std::optional<http::response> find_graph(engine& graphs, std::string_view name,
                                                       const std::string& usual,
                                                       const http::request& asked,
                                                       data_graph& found);

} // namespace penstock::host::api
