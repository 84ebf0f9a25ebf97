// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"
#include "host/cli/address.hpp"

#include <penstock/json.hpp>

#include <boost/system/result.hpp>

#include <chrono>
#include <string>

namespace penstock::host::cli
{

/// Asks a host that runs for something, with a body of JSON if there is one, and returns the JSON
/// that it answers with; null for an answer without a body. Returns by the deadline; only the resolution
/// of a name may take longer.
[[nodiscard]] boost::system::result<json::value, problem>
ask(const host_address& to, const std::string& method, const std::string& target,
    const std::string& body = {},
    std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max());

/// Returns a text of an object, or of what is there else as JSON; empty if there is nothing.
[[nodiscard]] std::string text_of(const json::value& object, std::string_view name);

} // namespace penstock::host::cli
