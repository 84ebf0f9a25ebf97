// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "values.hpp"

#include <penstock/detail/utf8.hpp>

#include <algorithm>

namespace json_package
{
namespace
{

// Behind the quote that ends the string whose opening quote is at `at`, or the end of the text.
std::size_t end_of_string(std::string_view text, std::size_t at)
{
    for (++at; at < text.size(); ++at)
    {
        if (text[at] == '"')
            return at + 1;
        if (text[at] == '\\')
            ++at;
    }
    return text.size();
}

std::size_t end_of_brackets(std::string_view text, std::size_t at)
{
    std::size_t depth = 0;
    while (at < text.size())
    {
        const char c = text[at];
        if (c == '"')
        {
            at = end_of_string(text, at);
            continue;
        }
        ++at;
        if (c == '{' || c == '[')
            ++depth;
        else if ((c == '}' || c == ']') && --depth == 0)
            return at;
    }
    return text.size();
}

std::size_t end_of_value(std::string_view text, std::size_t at)
{
    switch (text[at])
    {
    case '{':
    case '[': return end_of_brackets(text, at);
    case '"': return end_of_string(text, at);
    default: return std::min(text.find_first_of(" \t\r\n,{[\"", at + 1), text.size());
    }
}

} // namespace

values values::of_body(std::string_view body)
{
    return {body, body.size() - penstock::detail::without_mark(body).size(), json_space};
}

values values::of_list(std::string_view body)
{
    const std::size_t mark = body.size() - penstock::detail::without_mark(body).size();
    const std::size_t begin = std::min(body.find_first_not_of(json_space, mark), body.size());
    const std::size_t end = body.find_last_not_of(json_space);
    if (begin == body.size() || body[begin] != '[' || end == begin || body[end] != ']')
        return {{}, 0, {}};
    return {body.substr(0, end), begin + 1, " \t\r\n,"};
}

std::optional<document_text> values::next()
{
    const std::size_t begin = body_.find_first_not_of(between_, offset_);
    if (begin == std::string_view::npos)
        return std::nullopt;
    offset_ = end_of_value(body_, begin);
    return document_text{++number_, begin, body_.substr(begin, offset_ - begin)};
}

} // namespace json_package
