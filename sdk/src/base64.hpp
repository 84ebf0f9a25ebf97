// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace penstock::detail
{

/// Encodes bytes by RFC 4648, section 4, with padding.
[[nodiscard]] std::string to_base64(std::string_view bytes);

/// Decodes what to_base64() writes, and nothing else: empty for any other text.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

} // namespace penstock::detail
