// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/running_graph.hpp"
#include "host/net/message.hpp"

#include <optional>

namespace penstock::host::api
{

/// Answers a request that its graph did not take, with the cause: 413, 429 or 503.
[[nodiscard]] http::response refuse(admission outcome, const running_graph& graph);

/// Answers a request whose graph is full, or has no room for dead letters, before its body is read;
/// nothing: there is room.
[[nodiscard]] std::optional<http::response> refuse_early(const running_graph& graph);

} // namespace penstock::host::api
