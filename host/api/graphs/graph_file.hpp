// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/api_limits.hpp"
#include "host/base/problem.hpp"
#include "host/graph/spec.hpp"
#include "host/net/message.hpp"

#include <penstock/json.hpp>

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

/// Reads it; it must have the name in its address. Refused are a body over its limit, 413, and one
/// whose coding is unknown or damaged.
[[nodiscard]] sent_graph read_graph(const http::request& sent, std::string_view name,
                                    const api_limits& bounds);

/// Answers 413: a graph file over its limit.
[[nodiscard]] http::response too_long_graph(const api_limits& bounds);

/// Writes a list of problems as `[{pointer, message, expected}]`.
[[nodiscard]] json::array problems_json(const std::vector<problem>& problems);

/// Answers 422: a problem document that carries the list as `problems`.
[[nodiscard]] http::response refuse_graph(std::string_view what,
                                          const std::vector<problem>& problems);

/// Answers 503: something could not be written to the disk.
[[nodiscard]] http::response failed_to_store(const problem& why);

} // namespace penstock::host::api
