// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/net/message.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace penstock::host::api
{

/// Writes the revision of a text as an ETag carries it, in quotes.
[[nodiscard]] std::string entity_tag(std::string_view text);

/// Refuses a change with 412 unless `If-Match` and `If-None-Match` allow it; `tag` is the ETag of
/// what is there, empty if nothing is.
[[nodiscard]] std::optional<http::response> objection(const http::request& change,
                                                      std::string_view tag);

/// Answers with a text and its ETag, or 304 if the client has it already.
[[nodiscard]] http::response tagged(const http::request& asked, std::string text);

} // namespace penstock::host::api
