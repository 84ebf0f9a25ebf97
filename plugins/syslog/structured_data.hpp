// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <optional>
#include <string_view>

namespace syslog_package
{

/// Takes STRUCTURED-DATA off the begin of a text (RFC 5424, 6.3): `-`, or elements one behind the
/// other. Returns an object with an object for each element, by its SD-ID: the values of its
/// parameters, by name; one that comes again has a list. Nothing, if it is none, or has more than
/// 1,000 elements and parameters. [any thread]
[[nodiscard]] std::optional<penstock::json::object> take_structured_data(std::string_view& text);

} // namespace syslog_package
