// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <penstock/detail/utf8.hpp>

#include <string>
#include <utility>

namespace penstock::host
{

using detail::is_utf8;
using detail::utf8_length;

/// Returns well-formed UTF-8: what is none of a text is replaced by U+FFFD, byte for byte.
[[nodiscard]] inline std::string repair_utf8(std::string text)
{
    return is_utf8(text) ? std::move(text) : detail::repaired_utf8(text);
}

/// Cuts well-formed UTF-8 down to about so many bytes, between two characters, and says at its end
/// how long it was; a text that is no longer is left as it is.
[[nodiscard]] std::string shorten_utf8(std::string text, std::size_t most);

} // namespace penstock::host
