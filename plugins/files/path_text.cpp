// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "path_text.hpp"

#include <penstock/detail/utf8.hpp>

#include <algorithm>
#include <cstddef>

namespace files_package
{

namespace
{

constexpr std::string_view mark = "\xef\xbf\xbd"; // U+FFFD
constexpr std::string_view digits = "0123456789abcdef";

void append_escaped(std::string& text, std::string_view bytes)
{
    for (const char each : bytes)
    {
        const auto byte = static_cast<unsigned char>(each);
        text += mark;
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
}

} // namespace

std::string text_of_path(std::string_view path)
{
    if (path.find(mark) == std::string_view::npos && penstock::detail::is_utf8(path))
        return std::string(path);
    std::string text;
    while (!path.empty())
    {
        const std::size_t length = penstock::detail::utf8_length(path);
        const std::string_view next = path.substr(0, std::max<std::size_t>(length, 1));
        if (length == 0 || next == mark)
            append_escaped(text, next);
        else
            text += next;
        path.remove_prefix(next.size());
    }
    return text;
}

std::string path_of_text(std::string_view text)
{
    std::string path;
    while (!text.empty())
    {
        const std::string_view code = text.substr(0, mark.size() + 2);
        const std::size_t high = code.size() == mark.size() + 2 ? digits.find(code[mark.size()])
                                                                : std::string_view::npos;
        const std::size_t low =
            high == std::string_view::npos ? high : digits.find(code[mark.size() + 1]);
        if (code.starts_with(mark) && low != std::string_view::npos)
        {
            path += static_cast<char>(high * 16 + low);
            text.remove_prefix(code.size());
        }
        else
        {
            path += text.front();
            text.remove_prefix(1);
        }
    }
    return path;
}

std::string path_in(const std::string& folder, std::string_view name)
{
    if (folder == ".")
        return std::string(name);
    return folder + (folder.ends_with('/') ? "" : "/") + std::string(name);
}

std::string_view name_of(std::string_view path)
{
    return path.substr(path.rfind('/') + 1); // npos + 1 is 0
}

std::string folder_of(std::string_view path)
{
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos)
        return ".";
    return std::string(path.substr(0, std::max<std::size_t>(slash, 1)));
}

} // namespace files_package
