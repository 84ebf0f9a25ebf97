// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace penstock::host
{

/// Recognises well-formed UTF-8 (no overlong form, no surrogate).
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

/// Returns well-formed UTF-8: what is none of a text is replaced by U+FFFD, byte for byte.
[[nodiscard]] std::string repair_utf8(std::string text);

} // namespace penstock::host
