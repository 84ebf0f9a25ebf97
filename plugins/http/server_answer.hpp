// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../curl/client.hpp"

#include <string>

namespace http_package
{

/// Returns what the server of a URL said, and the begin of its answer; one line. [any thread]
[[nodiscard]] std::string reason_of(const std::string& url, const curl::answer& told);

} // namespace http_package
