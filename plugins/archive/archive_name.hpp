// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

namespace archive_package
{

/// The media type that the name of a file tells, or `application/octet-stream`.
[[nodiscard]] std::string_view media_type_of(std::string_view filename);

/// Whether a file of that name is an archive to unpack. Documents that are archives inside are none.
[[nodiscard]] bool names_archive(std::string_view filename);

} // namespace archive_package
