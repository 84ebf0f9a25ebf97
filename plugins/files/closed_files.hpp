// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace files_package
{

/// Renames a file to its name with the time in UTC, `access.ndjson.20261201T051900Z`, and a number
/// behind it where that is taken. [any thread] Blocks.
[[nodiscard]] std::error_code move_to_closed(const std::string& path);

/// Returns the files that move_to_closed() made of a file and nobody compressed yet, the oldest
/// first. Empty if the folder cannot be read. [any thread] Blocks.
[[nodiscard]] std::vector<std::string> closed_files_of(const std::string& path);

/// Returns whether a name is one of those. [any thread]
[[nodiscard]] bool is_closed_name(std::string_view name, std::string_view of);

} // namespace files_package
