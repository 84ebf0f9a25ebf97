// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

namespace penstock::detail
{

/// Tells whether a text is UTF-8 as RFC 3629 has it: shortest forms only, no surrogates.
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

} // namespace penstock::detail
