// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/net/message.hpp"

#include <string_view>

namespace penstock::host::api
{

/// What a client of `/api/live` offers as a protocol, and is answered with: a browser cannot set
/// headers on a WebSocket, so it names its token as a second one, `penstock.bearer.TOKEN`.
inline constexpr std::string_view live_protocol = "penstock.live";
inline constexpr std::string_view bearer_protocol = "penstock.bearer.";

/// Finds the token that a request was sent with: in `Authorization: Bearer`, or, if it asks for a
/// WebSocket, among its protocols. Empty if there is none, or it is not clear which. Views the
/// request.
[[nodiscard]] std::string_view bearer_of(const http::request& sent) noexcept;

} // namespace penstock::host::api
