// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace penstock::host
{

/// Names a text by a hash of it, the same on every run: 16 hexadecimal digits.
[[nodiscard]] std::string revision(std::string_view text);

} // namespace penstock::host
