// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"

#include <penstock/detail/runtime.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// Writes one line to the error stream, whole, whatever other threads write: the time (UTC), how
/// urgent it is, what it is about (`graph/node`, or nothing), and a text. Control characters are
/// escaped. [any thread]
void log(severity level, std::string_view about, std::string_view text) noexcept;

/// Writes a line for each problem.
void log(severity level, const std::vector<problem>& problems);

/// Writes that a request failed inside the host, and with what exception.
void log_failed_request(std::string_view text);

/// The line that log() writes at a time, with its end.
[[nodiscard]] std::string log_line(std::string_view time, severity level, std::string_view about,
                                   std::string_view text);

} // namespace penstock::host
