// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/problem.hpp"

#include "host/base/utf8.hpp"

#include <cstddef>

namespace penstock::host
{

namespace
{

constexpr std::size_t longest_quote = 200;

void append_escaped(std::string& out, unsigned char byte)
{
    constexpr char digits[] = "0123456789abcdef";
    out += "\\x";
    out += digits[byte >> 4];
    out += digits[byte & 15];
}

bool is_control(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

/// Keys of foreign files are in pointers as they are, with line ends too.
std::string on_one_line(const std::string& text)
{
    std::string line;
    for (const char c : text)
        if (is_control(c))
            append_escaped(line, static_cast<unsigned char>(c));
        else
            line += c;
    return line;
}

} // namespace

std::string to_string(const problem& problem)
{
    std::string text = problem.where;
    if (!problem.pointer.empty())
        text += (text.empty() ? "" : ":") + problem.pointer;
    if (!text.empty())
        text += ": ";
    text += problem.message;
    if (!problem.expected.empty())
        text += "; " + problem.expected;
    return on_one_line(text);
}

std::string quote(std::string_view text)
{
    std::string out = "\"";
    while (!text.empty())
    {
        if (out.size() > longest_quote)
            return out + "…\"";
        const unsigned char first = static_cast<unsigned char>(text.front());
        const std::size_t length = utf8_length(text);
        if (length == 0 || is_control(text.front()))
            append_escaped(out, first);
        else if (first == '"' || first == '\\')
            out.append(1, '\\').append(1, text.front());
        else
            out += text.substr(0, length);
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return out + "\"";
}

} // namespace penstock::host
