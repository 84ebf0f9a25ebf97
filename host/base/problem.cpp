// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/problem.hpp"

#include "host/base/printable.hpp"
#include "host/base/utf8.hpp"

#include <cstddef>

namespace penstock::host
{

namespace
{

constexpr std::size_t longest_quote = 200;

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
    return printable(text); // keys of foreign files are in pointers as they are
}

std::string quote(std::string_view text)
{
    std::string out = "\"";
    while (!text.empty())
    {
        if (out.size() > longest_quote)
            return out + "…\"";
        const std::size_t length = utf8_length(text);
        const std::string_view character = text.substr(0, length == 0 ? 1 : length);
        const char first = character.front();
        if (length == 0 || is_control(character))
            append_escaped(out, character);
        else if (first == '"' || first == '\\')
            out.append(1, '\\').append(1, first);
        else
            out += character;
        text.remove_prefix(character.size());
    }
    return out + "\"";
}

} // namespace penstock::host
