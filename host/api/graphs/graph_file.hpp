// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/api_limits.hpp"
#include "host/api/router.hpp"
#include "host/base/problem.hpp"
#include "host/engine/engine.hpp"
#include "host/graph/spec.hpp"
#include "host/net/message.hpp"

#include <penstock/json.hpp>

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace penstock::host::api
{

/// The graph file that a request carries, or the refusal of its body.
struct sent_graph
{
    parsed_graph file;
    std::optional<http::response> refused{};
};

/// Reads it, in YAML if its media type is `application/yaml`; it must have the name in its address.
/// Refused are a body over its limit, 413, and one whose coding is unknown or damaged.
[[nodiscard]] sent_graph read_graph(const http::request& sent, std::string_view name,
                                    const api_limits& bounds);

/// The same, or the kept graph if there is no body.
[[nodiscard]] sent_graph read_graph_or(const std::optional<kept_graph>& kept,
                                       const http::request& sent, std::string_view name,
                                       const api_limits& bounds);

/// Makes the screen of routes that take a graph file: 413 if it announces that it is too long.
[[nodiscard]] std::function<std::optional<http::response>(const http::request&,
                                                          const path_arguments&)>
screen_graph(const api_limits& bounds);

/// Writes a list of problems as `[{pointer, message, expected}]`.
[[nodiscard]] json::array problems_json(const std::vector<problem>& problems);

/// Answers 422: a problem document that carries the list as `problems`.
[[nodiscard]] http::response refuse_graph(std::string_view what,
                                          const std::vector<problem>& problems);

/// Answers 503: something could not be written to the disk.
[[nodiscard]] http::response failed_to_store(const problem& why);

} // namespace penstock::host::api
