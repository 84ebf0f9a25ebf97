// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/http/client.hpp"
#include "host/packages/problem.hpp"

#include <boost/system/result.hpp>

#include <string>
#include <string_view>

namespace CLI
{
class App;
} // namespace CLI

namespace penstock::host::cli
{

/// Declares `--to URL`, the address of a host.
void add_address(CLI::App& verb, std::string& url);

[[nodiscard]] boost::system::result<http::url, problem> parse_address(const std::string& text);

/// Writes a text as one segment of a path.
[[nodiscard]] std::string percent_encoded(std::string_view text);

/// Makes a text that nobody else has made.
[[nodiscard]] std::string random_key();

} // namespace penstock::host::cli
