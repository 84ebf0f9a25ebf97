// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/plan.hpp"
#include "host/net/message.hpp"
#include "host/net/refusal.hpp"

#include <penstock/packet.hpp>

#include <string>
#include <string_view>

namespace penstock::host::api
{

/// Makes a packet of the meta that a request gives to all its packets: `X-Meta-…`, `query_NAME` for
/// each parameter of its query but `ack` and `wait` (a list if there are several of the name),
/// method, time, route and id. 400 for a value that is not UTF-8.
[[nodiscard]] http::checked<packet> read_meta(const http::request& received, std::string_view route,
                                              std::string_view id);

/// The bytes that the meta of a packet take as JSON.
[[nodiscard]] std::size_t size_of_meta(const packet& of);

/// Names what must stay in order, by the meta of a packet: the graph's partition if it has one, else
/// route and id if there is an id; empty when the order does not matter.
[[nodiscard]] std::string ordering_key(const packet& of, const plan& graph);

} // namespace penstock::host::api
