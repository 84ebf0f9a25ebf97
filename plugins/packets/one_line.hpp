// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

namespace packets
{

/// Returns what a far side has said as one line, for the reason of a packet that failed: without
/// line ends at its end, a blank in place of each other control character. [any thread]
[[nodiscard]] inline std::string one_line(std::string text)
{
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.pop_back();
    for (char& c : text)
        if (static_cast<unsigned char>(c) < ' ' || c == '\x7f')
            c = ' ';
    return text;
}

} // namespace packets
