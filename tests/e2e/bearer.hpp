// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "live_host.hpp"

#include <string>
#include <vector>

namespace penstock::e2e
{

/// Makes a token for the host whose data is in `home`, as its user does, and returns it.
std::string make_token(const scratch& home, const std::string& name,
                       const std::vector<std::string>& scopes, const std::string& expires = {});

/// Writes a token to a file for its owner alone, and returns the file's path.
[[nodiscard]] std::string keep_token(const scratch& home, const std::string& token,
                                     const std::string& name = "token");

[[nodiscard]] header_fields bearing(const std::string& token);

/// Writes the graph `g`, which reads JSON and drops it, and returns the file's name.
[[nodiscard]] std::string small_graph(const scratch& home);

} // namespace penstock::e2e
