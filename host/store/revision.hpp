// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace penstock::host
{

/// Names a text by its SHA-256: 64 hexadecimal digits.
[[nodiscard]] std::string revision(std::string_view text);

} // namespace penstock::host
