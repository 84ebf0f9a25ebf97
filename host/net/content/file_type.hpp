// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace penstock::host::http
{

/// Guesses a media type from a file name's extension, for uploads whose client did not know it;
/// empty when the extension says nothing.
[[nodiscard]] std::string_view file_type(std::string_view filename) noexcept;

} // namespace penstock::host::http
