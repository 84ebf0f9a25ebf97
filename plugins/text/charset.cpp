// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "charset.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace text_package
{
namespace
{

constexpr std::array<std::pair<std::string_view, charset>, 9> names{{
    {"utf-8", charset::utf_8},
    {"utf8", charset::utf_8},
    {"us-ascii", charset::us_ascii},
    {"ascii", charset::us_ascii},
    {"iso-8859-1", charset::iso_8859_1},
    {"latin1", charset::iso_8859_1},
    {"l1", charset::iso_8859_1},
    {"windows-1252", charset::windows_1252},
    {"cp1252", charset::windows_1252},
}};

// What windows-1252 has from 0x80 to 0x9f; 0 where it has nothing.
constexpr std::array<std::uint16_t, 32> windows_1252_block{
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

[[noreturn]] void refuse(std::size_t offset, std::string_view charset)
{
    throw charset_error("byte " + std::to_string(offset) + ": is no " + std::string(charset) +
                        "; text in " + std::string(charset) + " was expected");
}

// The length of the well-formed sequence at the start, or 0.
std::size_t sequence_length(std::string_view text)
{
    const auto byte = [&](std::size_t n) { return static_cast<unsigned char>(text[n]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80)
        return 1;
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < length)
        return 0;
    // The second byte is bounded more narrowly, so that there is one spelling only, no surrogate,
    // and nothing beyond the last code point.
    const unsigned char least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    const unsigned char most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (byte(1) < least || byte(1) > most)
        return 0;
    for (std::size_t n = 2; n < length; ++n)
        if ((byte(n) & 0xc0) != 0x80)
            return 0;
    return length;
}

void check_utf8(std::string_view text)
{
    for (std::size_t offset = 0; offset < text.size();)
    {
        const std::size_t length = sequence_length(text.substr(offset));
        if (length == 0)
            refuse(offset, "utf-8");
        offset += length;
    }
}

void append_utf8(std::string& out, std::uint16_t code)
{
    if (code < 0x80)
    {
        out += static_cast<char>(code);
    }
    else if (code < 0x800)
    {
        out += static_cast<char>(0xc0 | (code >> 6));
        out += static_cast<char>(0x80 | (code & 0x3f));
    }
    else
    {
        out += static_cast<char>(0xe0 | (code >> 12));
        out += static_cast<char>(0x80 | ((code >> 6) & 0x3f));
        out += static_cast<char>(0x80 | (code & 0x3f));
    }
}

std::string decode_bytes(std::string_view text, charset from)
{
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (std::size_t offset = 0; offset < text.size(); ++offset)
    {
        const auto byte = static_cast<unsigned char>(text[offset]);
        std::uint16_t code = byte;
        if (from == charset::us_ascii && byte >= 0x80)
            refuse(offset, "us-ascii");
        if (from == charset::windows_1252 && byte >= 0x80 && byte < 0xa0)
        {
            code = windows_1252_block[byte - 0x80];
            if (code == 0)
                refuse(offset, "windows-1252");
        }
        append_utf8(out, code);
    }
    return out;
}

} // namespace

std::optional<charset> charset_named(std::string_view name)
{
    std::string lower(name);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    for (const auto& [known, charset] : names)
        if (known == lower)
            return charset;
    return std::nullopt;
}

std::string to_utf8(std::string_view text, charset from)
{
    if (from != charset::utf_8)
        return decode_bytes(text, from);
    check_utf8(text);
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    return std::string(text);
}

} // namespace text_package
