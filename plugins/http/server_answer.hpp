// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../curl/client.hpp"

#include <string>

namespace http_package
{

/// Returns whether a status says that the server is not there for anybody now: credentials that are
/// refused, a redirection, too many requests, trouble of its own. [any thread]
[[nodiscard]] bool is_away(unsigned status);

/// Returns what the server of a URL said, and the begin of its answer; one line. [any thread]
[[nodiscard]] std::string reason_of(const std::string& url, const curl::answer& told);

} // namespace http_package
