// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "mbox.hpp"

#include "../reading/mbox_line.hpp"

namespace mail_package
{

namespace
{

constexpr std::string_view mark = "From ";

// The place behind the line at a place.
std::size_t next_line(std::string_view text, std::size_t at)
{
    const std::size_t end = text.find('\n', at);
    return end == std::string_view::npos ? text.size() : end + 1;
}

bool follows_empty_line(std::string_view text, std::size_t at)
{
    const std::string_view before = text.substr(0, at);
    return before.empty() || before == "\n" || before == "\r\n" || before.ends_with("\n\n") ||
           before.ends_with("\n\r\n");
}

bool begins_message(std::string_view text, std::size_t at)
{
    return ::reading::begins_in_mbox(text.substr(at)) && follows_empty_line(text, at);
}

// The place of the next message from a line on, or the end.
std::size_t find_message(std::string_view text, std::size_t at)
{
    while (at < text.size() && !begins_message(text, at))
    {
        at = text.find("\nFrom ", at);
        at = at == std::string_view::npos ? text.size() : at + 1;
    }
    return at;
}

// The place of the next line that begins with some `>` and `From `, or npos.
std::size_t find_quoted(std::string_view text, std::size_t at)
{
    for (at = text.find("\n>", at); at != std::string_view::npos; at = text.find("\n>", at + 1))
    {
        const std::size_t behind = text.find_first_not_of('>', at + 1);
        if (behind != std::string_view::npos && text.substr(behind).starts_with(mark))
            return at + 1;
    }
    return at;
}

} // namespace

std::string_view mbox::next()
{
    if (!begun_)
        rest_.remove_prefix(find_message(rest_, 0));
    begun_ = true;
    if (rest_.empty())
        return {};
    const std::string_view message = rest_.substr(0, find_message(rest_, next_line(rest_, 0)));
    rest_.remove_prefix(message.size());
    return message;
}

bool is_quoted(std::string_view message)
{
    return find_quoted(message, 0) != std::string_view::npos;
}

std::string unquoted(std::string_view message)
{
    std::string text;
    text.reserve(message.size());
    std::size_t begin = 0;
    for (std::size_t at = find_quoted(message, 0); at != std::string_view::npos;
         at = find_quoted(message, at))
    {
        text += message.substr(begin, at - begin);
        begin = at + 1;
    }
    text += message.substr(begin);
    return text;
}

} // namespace mail_package
