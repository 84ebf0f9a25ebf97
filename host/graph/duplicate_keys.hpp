// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// Finds the keys that an object of a JSON text has more than once, as JSON pointers, each once,
/// in the order of the text. The text must be JSON; what comes after a fault is not looked at.
[[nodiscard]] std::vector<std::string> duplicate_keys(std::string_view text);

} // namespace penstock::host
