// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/net/message.hpp"

namespace penstock::host::api
{

/// Returns whether a request for `/` comes from a client of Elasticsearch or OpenSearch, which asks
/// what it talks to: by HEAD, by `Accept`, or by a name of such clients.
[[nodiscard]] bool asks_for_product(const http::request& asked);

/// Answers what such clients look for: that this is an engine whose `_bulk` they know.
[[nodiscard]] http::response product_info();

} // namespace penstock::host::api
