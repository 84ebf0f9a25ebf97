// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/base/utf8.hpp"

#include <cstdint>

namespace penstock::host
{

std::string shorten_utf8(std::string text, std::size_t most)
{
    if (text.size() <= most)
        return text;
    const std::string end = " … (cut; it had " + std::to_string(text.size()) + " bytes)";
    while (most != 0 && (static_cast<std::uint8_t>(text[most]) & 0xc0) == 0x80)
        --most;
    text.resize(most);
    return text + end;
}

} // namespace penstock::host
