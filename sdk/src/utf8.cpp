// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/detail/utf8.hpp>

#include <simdjson.h>

namespace penstock::detail
{

bool is_utf8(std::string_view text) noexcept
{
    return simdjson::validate_utf8(text.data(), text.size());
}

std::size_t utf8_length(std::string_view text) noexcept
{
    if (text.empty())
        return 0;
    const auto first = static_cast<unsigned char>(text.front());
    if (first < 0x80)
        return 1;
    const std::size_t length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    return length <= text.size() && is_utf8(text.substr(0, length)) ? length : 0;
}

std::string repaired_utf8(std::string_view text)
{
    if (is_utf8(text)) // nearly always; the loop takes half of the time that a document does
        return std::string(text);
    std::string repaired;
    while (!text.empty())
    {
        const std::size_t length = utf8_length(text);
        repaired += length == 0 ? std::string_view("\xef\xbf\xbd") : text.substr(0, length);
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return repaired;
}

} // namespace penstock::detail
