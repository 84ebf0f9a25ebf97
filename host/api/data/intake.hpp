// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/api_limits.hpp"
#include "host/engine/entry.hpp"
#include "host/lane/plan.hpp"
#include "host/net/content/media_type.hpp"
#include "host/net/message.hpp"
#include "host/net/refusal.hpp"

#include <penstock/packet.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::api
{

/// Lists the media types that the adapters of a graph accept, each once: `application/json,
/// text/*`.
[[nodiscard]] std::string accepted_types(const plan& graph);

/// Reads the media type of a body from its header and sees whether its content coding is known: 415.
/// The graph is asked what was expected.
[[nodiscard]] http::checked<http::media_type> read_type(const http::request& head,
                                                        const plan& graph);

/// Sees whether the graph takes bodies of a type: 415.
[[nodiscard]] std::optional<http::refusal> object_to_type(const http::media_type& type,
                                                          const plan& graph);

/// Makes a packet of a body, or one of each part, all or nothing, with the meta of the request:
/// 400, 413, 415. Takes the body, but a short one, which it copies.
[[nodiscard]] http::checked<entry_packets> read_packets(http::request& received,
                                                        const http::media_type& type, packet meta,
                                                        const plan& graph,
                                                        const api_limits& bounds);

/// Returns whether a request may hold its thread for long: a key is looked up on the disk, a long
/// body is worked on.
[[nodiscard]] bool is_slow(const http::request& asked);

} // namespace penstock::host::api
