// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>
#include <penstock/packet.hpp>

#include <string>
#include <vector>

namespace penstock::host::cli
{

/// Returns how packets differ from those that were expected, a line for each difference, which
/// begins with `[n]/fields/name: `. Of an expected packet the parts that it names count; fields,
/// field meta and data have to be equal, meta has to have the values that are named.
[[nodiscard]] std::vector<std::string> differences(const json::array& expected,
                                                   const std::vector<packet>& came);

} // namespace penstock::host::cli
