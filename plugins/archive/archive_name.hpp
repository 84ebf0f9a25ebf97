// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

namespace archive_package
{

/// Whether a file of that name is an archive to unpack. Documents that are archives inside are
/// none.
[[nodiscard]] bool names_archive(std::string_view filename);

/// Whether the name of a file tells that it is a tar, compressed or not.
[[nodiscard]] bool names_tar(std::string_view filename);

} // namespace archive_package
