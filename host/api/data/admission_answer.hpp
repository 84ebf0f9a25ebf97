// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/running_graph.hpp"
#include "host/net/message.hpp"

#include <string_view>

namespace penstock::host::api
{

/// Answers 503, to be asked again after so many seconds.
[[nodiscard]] http::response unavailable(std::string_view why, std::string_view retry_after);

/// Answers a request that its graph did not take, with the cause: 413, 429 or 503.
[[nodiscard]] http::response refuse(admission outcome, const running_graph& graph);

} // namespace penstock::host::api
