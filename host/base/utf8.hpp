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

} // namespace penstock::host
