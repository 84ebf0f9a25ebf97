// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace penstock::host
{

/// Makes a statement that reads columns: `rest` is the table, and what follows it.
[[nodiscard]] std::string select(std::string_view columns, std::string_view rest);

/// Makes a statement that writes a row, with a parameter for each column. The verb is `INSERT` or
/// one of its kind.
[[nodiscard]] std::string insert_into(std::string_view verb, std::string_view table,
                                      std::string_view columns);

} // namespace penstock::host
