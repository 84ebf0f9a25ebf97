// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/push/line_charset.hpp"

#include <penstock/charset.hpp>

#include <algorithm>
#include <array>

namespace penstock::host::cli
{

namespace
{

constexpr std::string_view small_32("\xff\xfe\0\0", 4);
constexpr std::string_view big_32("\0\0\xfe\xff", 4);
constexpr std::string_view small_16 = small_32.substr(0, 2);
constexpr std::string_view big_16 = big_32.substr(2);
constexpr std::string_view of_utf_8 = "\xef\xbb\xbf";
constexpr std::array marks{small_32, big_32, small_16, big_16, of_utf_8};

} // namespace

std::optional<line_charset> line_charset::of(std::string_view text, std::string_view named,
                                             bool is_all)
{
    const auto is_begun = [&](std::string_view mark)
    { return text.size() < mark.size() && mark.starts_with(text); };
    if (!is_all && std::ranges::any_of(marks, is_begun))
        return std::nullopt;
    if (named.empty() && (text.starts_with(small_32) || text.starts_with(big_32)))
        named = "utf-32"; // in UTF-16 a line would begin with NUL
    line_charset made;
    made.name_ = charset_of(text, named);
    std::string_view mark;
    if (made.name_.starts_with("utf-16") || made.name_.starts_with("utf-32"))
    {
        made.unit_ = made.name_.starts_with("utf-16") ? 2 : 4;
        made.is_big_ = !made.name_.ends_with("le");
        if (!made.name_.ends_with("e")) // RFC 2781, 4.3: the greater byte first
            made.name_ += "be";
        if (made.unit_ == 2)
            mark = made.is_big_ ? big_16 : small_16;
        else
            mark = made.is_big_ ? big_32 : small_32;
    }
    else if (made.name_ == "utf-8")
        mark = of_utf_8;
    if (text.starts_with(mark))
        made.mark_ = mark.size();
    if (made.unit_ == 1 && made.mark_ == 0)
        made.name_.clear();
    return made;
}

std::string line_charset::encode(char c) const
{
    std::string made(unit_, '\0');
    made[is_big_ ? unit_ - 1 : 0] = c;
    return made;
}

std::size_t line_charset::find_end(std::string_view text, std::size_t from) const
{
    const std::string end = encode('\n');
    if (unit_ == 1)
        return text.find('\n', from);
    for (std::size_t at = from; at + unit_ <= text.size(); at += unit_)
        if (text.compare(at, unit_, end) == 0)
            return at;
    return std::string_view::npos;
}

bool line_charset::is_blank(std::string_view line) const
{
    const std::array blanks{encode(' '), encode('\t'), encode('\r')};
    for (std::size_t at = 0; at < line.size(); at += unit_)
        if (std::ranges::find(blanks, line.substr(at, unit_)) == blanks.end())
            return false;
    return true;
}

} // namespace penstock::host::cli
