// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/problem.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host
{

/// Replaces a file by a text, whole or not at all, also when power fails, and makes its folder if
/// need be; returns what failed. A crash may leave `NAME.new` beside it. Blocks until it is synced.
/// The file is for its owner alone if it is private, and never was anything else.
[[nodiscard]] std::optional<problem> replace_file(const std::filesystem::path& file,
                                                  std::string_view text, bool is_private = false);

/// Removes a file, if it is there, for good; says what failed. Blocks as replace_file() does.
[[nodiscard]] std::optional<problem> remove_file(const std::filesystem::path& file);

/// Reads a whole file; nothing if it is not there or cannot be read.
[[nodiscard]] std::optional<std::string> read_file(const std::filesystem::path& file);

} // namespace penstock::host
