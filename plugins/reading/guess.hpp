// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace reading
{

/// Guesses the encoding of a text that does not name its own: UTF-8 if it is that, or else what the
/// 64 KiB around the first byte that is not ASCII look like to uchardet, or `fallback` if that is
/// nothing known. The name is one of penstock::is_charset, in lower case. It takes some
/// milliseconds. [any thread]
[[nodiscard]] std::string guessed_charset(std::string_view text, std::string_view fallback);

} // namespace reading
