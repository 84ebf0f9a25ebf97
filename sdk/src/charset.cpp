// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/charset.hpp>

#include "write_utf8.hpp"

#include <penstock/detail/utf8.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>

#include <iconv.h>

namespace penstock
{

namespace
{

/// A name of an encoding, and the one by which iconv knows it. As in browsers, names of ASCII and
/// ISO 8859-1 mean windows-1252 (Encoding Standard, WHATWG, 4.2). Those with states (ISO 2022) are
/// left out: browsers have given them up, because bytes that a filter takes for harmless can mean
/// anything in them.
struct known_charset
{
    std::string_view name;
    const char* iconv;
};

constexpr const char* windows_1252 = "CP1252";

constexpr std::array<known_charset, 79> known{{
    {"utf-8", "UTF-8"},
    {"utf8", "UTF-8"},
    {"us-ascii", windows_1252},
    {"ascii", windows_1252},
    {"ansi_x3.4-1968", windows_1252},
    {"iso-8859-1", windows_1252},
    {"iso8859-1", windows_1252},
    {"iso88591", windows_1252},
    {"iso_8859-1", windows_1252},
    {"iso_8859-1:1987", windows_1252},
    {"iso-ir-100", windows_1252},
    {"latin1", windows_1252},
    {"l1", windows_1252},
    {"csisolatin1", windows_1252},
    {"cp819", windows_1252},
    {"ibm819", windows_1252},
    {"windows-1252", windows_1252},
    {"cp1252", windows_1252},
    {"x-cp1252", windows_1252},
    {"utf-16", "UTF-16BE"},
    {"utf-16be", "UTF-16BE"},
    {"utf-16le", "UTF-16LE"},
    {"utf-32", "UTF-32BE"},
    {"utf-32be", "UTF-32BE"},
    {"utf-32le", "UTF-32LE"},
    {"iso-8859-2", "ISO-8859-2"},
    {"iso-8859-3", "ISO-8859-3"},
    {"iso-8859-4", "ISO-8859-4"},
    {"iso-8859-5", "ISO-8859-5"},
    {"iso-8859-6", "ISO-8859-6"},
    {"iso-8859-7", "ISO-8859-7"},
    {"iso-8859-8", "ISO-8859-8"},
    {"iso-8859-9", "ISO-8859-9"},
    {"iso-8859-10", "ISO-8859-10"},
    {"iso-8859-13", "ISO-8859-13"},
    {"iso-8859-14", "ISO-8859-14"},
    {"iso-8859-15", "ISO-8859-15"},
    {"latin9", "ISO-8859-15"},
    {"iso-8859-16", "ISO-8859-16"},
    {"windows-874", "CP874"},
    {"windows-1250", "CP1250"},
    {"windows-1251", "CP1251"},
    {"windows-1253", "CP1253"},
    {"windows-1254", "CP1254"},
    {"windows-1255", "CP1255"},
    {"windows-1256", "CP1256"},
    {"windows-1257", "CP1257"},
    {"windows-1258", "CP1258"},
    {"cp1250", "CP1250"},
    {"cp1251", "CP1251"},
    {"cp1253", "CP1253"},
    {"cp1254", "CP1254"},
    {"cp1255", "CP1255"},
    {"cp1256", "CP1256"},
    {"cp1257", "CP1257"},
    {"cp1258", "CP1258"},
    {"cp437", "CP437"},
    {"ibm437", "CP437"},
    {"ibm866", "CP866"},
    {"cp866", "CP866"},
    {"koi8-r", "KOI8-R"},
    {"koi8-u", "KOI8-U"},
    {"macintosh", "MACINTOSH"},
    {"tis-620", "TIS-620"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"sjis", "CP932"},
    {"x-sjis", "CP932"},
    {"windows-31j", "CP932"},
    {"euc-jp", "EUC-JP"},
    {"euc-kr", "CP949"},
    {"ks_c_5601-1987", "CP949"},
    {"windows-949", "CP949"},
    {"gb2312", "GBK"},
    {"gbk", "GBK"},
    {"x-gbk", "GBK"},
    {"gb18030", "GB18030"},
    {"big5", "BIG5-HKSCS"},
    {"big5-hkscs", "BIG5-HKSCS"},
}};

std::string lower(std::string_view text)
{
    std::string made(text);
    for (char& c : made)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return made;
}

const known_charset* find(std::string_view lower_name) noexcept
{
    const auto found =
        std::find_if(known.begin(), known.end(),
                     [&](const known_charset& each) { return each.name == lower_name; });
    return found == known.end() ? nullptr : found;
}

[[noreturn]] void refuse(std::size_t offset, std::string_view charset)
{
    throw charset_error("byte " + std::to_string(offset) + ": is no " + std::string(charset) +
                        "; text in " + std::string(charset) + " was expected");
}

std::string checked_utf8(std::string_view text)
{
    if (detail::is_utf8(text))
        return std::string(detail::without_mark(text));
    std::size_t offset = 0;
    while (const std::size_t length = detail::utf8_length(text.substr(offset)))
        offset += length;
    refuse(offset, "utf-8");
}

// What 80 to 9F mean in windows-1252; all other bytes are their own code points (Encoding Standard,
// "index windows-1252"). iconv refuses those that Windows left free.
constexpr std::array<char16_t, 32> middle_of_1252{
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

std::string from_windows_1252(std::string_view text)
{
    std::string made;
    made.reserve(text.size() + text.size() / 8);
    for (const char c : text)
    {
        unsigned code = static_cast<unsigned char>(c);
        if (code >= 0x80 && code < 0xa0)
            code = middle_of_1252[code - 0x80];
        std::array<char, 4> bytes;
        made.append(bytes.data(), detail::write_utf8(bytes.data(), code));
    }
    return made;
}

/// A conversion of iconv to UTF-8.
class conversion
{
public:
    /// Throws charset_error if this machine has no such conversion.
    explicit conversion(const known_charset& from)
        : name_(from.name), state_(::iconv_open("UTF-8", from.iconv))
    {
        if (state_ == reinterpret_cast<::iconv_t>(-1))
            throw charset_error(
                "charset: \"" + std::string(name_) +
                "\" cannot be read on this machine; the C library's gconv modules were expected");
    }

    ~conversion() { ::iconv_close(state_); }

    conversion(const conversion&) = delete;
    conversion& operator=(const conversion&) = delete;

    std::string convert(std::string_view text)
    {
        std::string made;
        std::array<char, 4096> block;
        char* from = const_cast<char*>(text.data()); // iconv does not write to it
        std::size_t left = text.size();
        while (left > 0)
        {
            char* to = block.data();
            std::size_t room = block.size();
            const std::size_t outcome = ::iconv(state_, &from, &left, &to, &room);
            const int error = errno;
            made.append(block.data(), to);
            if (outcome == static_cast<std::size_t>(-1) && error != E2BIG)
                refuse(text.size() - left, name_);
        }
        // Some conversions keep a letter back, for a mark may follow.
        char* to = block.data();
        std::size_t room = block.size();
        ::iconv(state_, nullptr, nullptr, &to, &room);
        made.append(block.data(), to);
        return made;
    }

private:
    std::string_view name_;
    ::iconv_t state_;
};

} // namespace

bool is_charset(std::string_view name) noexcept
{
    return std::any_of(known.begin(), known.end(),
                       [&](const known_charset& each)
                       {
                           return std::equal(
                               each.name.begin(), each.name.end(), name.begin(), name.end(),
                               [](char of, char c)
                               { return of == (c >= 'A' && c <= 'Z' ? char(c + 32) : c); });
                       });
}

std::string charset_of(std::string_view text, std::string_view named)
{
    std::string name = lower(named);
    if (name.starts_with("utf-32")) // in which FF FE 00 00 is the mark, and no NUL
        return text.starts_with(std::string_view("\xff\xfe\0\0", 4)) ? "utf-32le" : name;
    if (text.starts_with("\xef\xbb\xbf"))
        return "utf-8";
    if (text.starts_with("\xff\xfe"))
        return "utf-16le";
    if (text.starts_with("\xfe\xff"))
        return "utf-16be";
    return name;
}

std::string to_utf8(std::string_view text, std::string_view charset)
{
    const std::string name = charset_of(text, charset);
    const known_charset* const from = find(name);
    if (from == nullptr)
        throw charset_error("charset: is \"" + name +
                            "\"; utf-8, utf-16, windows-1252 or another that browsers know was "
                            "expected");
    if (from->iconv == std::string_view("UTF-8"))
        return checked_utf8(text);
    if (from->iconv == windows_1252)
        return from_windows_1252(text);
    const std::string made = conversion(*from).convert(text);
    return std::string(detail::without_mark(made));
}

} // namespace penstock
