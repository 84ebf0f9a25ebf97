// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <ctime>
#include <string>
#include <string_view>

namespace syslog_package
{

/// When a message came, and how a time without a year and a zone is meant.
struct received_at
{
    std::time_t time = 0;
    bool is_local = false; ///< times of RFC 3164 are those of this machine's zone; else UTC
};

/// Whether a text is a time as RFC 3339 and RFC 5424 have it, with `T`, `Z` in upper case. [any
/// thread]
[[nodiscard]] bool is_rfc3339(std::string_view text);

/// Takes a time off the begin of a text, and the space behind it: `Mmm dd hh:mm:ss` of RFC 3164,
/// which gets the year that brings it nearest to when the message came, or one of RFC 3339. Returns
/// it as RFC 3339 has it; empty, if there is none. [any thread]
[[nodiscard]] std::string take_old_timestamp(std::string_view& text, const received_at& when);

} // namespace syslog_package
