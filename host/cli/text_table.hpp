// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <vector>

namespace penstock::host::cli
{

/// Writes rows of cells in aligned columns, two spaces apart; numbers to the right.
[[nodiscard]] std::string text_table(std::vector<std::vector<std::string>> rows);

} // namespace penstock::host::cli
