// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "timestamp.hpp"

#include <penstock/json.hpp>

#include <string>
#include <string_view>

namespace syslog_package
{

/// One message of syslog, taken apart; what it does not have is empty.
struct message
{
    const char* format = "none"; ///< rfc5424, rfc3164, or none: all of it is the text
    unsigned facility = 1;       ///< by number; without one, user
    unsigned severity = 5;       ///< by number; without one, notice
    std::string timestamp{};     ///< as RFC 3339 has it
    std::string host{};
    std::string app{};
    std::string procid{};
    std::string msgid{};
    penstock::json::object structured_data{};
    std::string text{};
};

/// Reads a message of RFC 5424, or else one of RFC 3164 as far as it is one. Every text is a
/// message; bytes that are no UTF-8 become U+FFFD. [any thread]
[[nodiscard]] message read_message(std::string_view text, const received_at& when);

/// Returns the keyword of a facility, 0 to 23: kern, user, … local7. [any thread]
[[nodiscard]] std::string_view facility_name(unsigned number);

/// Returns the keyword of a severity, 0 to 7: emerg, alert, … debug. [any thread]
[[nodiscard]] std::string_view severity_name(unsigned number);

} // namespace syslog_package
