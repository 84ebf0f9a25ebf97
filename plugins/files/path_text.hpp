// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace files_package
{

/// Returns a path as a text in UTF-8: unchanged if it is UTF-8; otherwise each byte that is part of
/// no character as U+FFFD and two lower-case hexadecimal digits. Each byte of a U+FFFD is written
/// so too: no two paths have the same text. [any thread]
[[nodiscard]] std::string text_of_path(std::string_view path);

/// Returns the path that such a text was made of. [any thread]
[[nodiscard]] std::string path_of_text(std::string_view text);

/// Returns the path of a name in a folder; in the folder `.` the name alone.
[[nodiscard]] std::string path_in(const std::string& folder, std::string_view name);

/// Returns the last name of a path.
[[nodiscard]] std::string_view name_of(std::string_view path);

/// Returns the folder of a path; `.` if the path is a name alone.
[[nodiscard]] std::string folder_of(std::string_view path);

} // namespace files_package
