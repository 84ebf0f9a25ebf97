// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/net/message.hpp"

#include <string>
#include <string_view>

namespace penstock::host::api
{

/// What a client of `/api/live` offers as a protocol, and is answered with: a browser cannot set
/// headers on a WebSocket, so it names its token as a second one, `penstock.bearer.TOKEN`.
inline constexpr std::string_view live_protocol = "penstock.live";
inline constexpr std::string_view bearer_protocol = "penstock.bearer.";

/// Finds the token that a request was sent with: in `Authorization: Bearer`, or, if it asks for a
/// WebSocket, among its protocols. What sends to `_bulk` may give it as the password of `Basic` (RFC
/// 7617) or as the key of `ApiKey`, for few of those that do can send another. Empty if there is
/// none, or it is not clear which.
[[nodiscard]] std::string bearer_of(const http::request& sent);

} // namespace penstock::host::api
