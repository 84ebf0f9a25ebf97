// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/charset.hpp>

#include <string>
#include <string_view>

namespace reading
{

/// Decodes bytes to UTF-8 from an encoding in which every byte is a character and ASCII is itself:
/// `windows-1252` or `cp437`. A byte order mark is characters as others are: in
/// penstock::to_utf8() it decides before the name, and what begins like UTF-16 may be none.
/// [any thread]
[[nodiscard]] inline std::string from_single_bytes(std::string_view bytes, std::string_view charset)
{
    // Behind another character there is no mark.
    return penstock::to_utf8(std::string(" ").append(bytes), charset).substr(1);
}

} // namespace reading
