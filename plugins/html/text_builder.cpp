// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "text_builder.hpp"

#include <algorithm>

namespace html_package
{

namespace
{

constexpr std::string_view white_space = " \t\r\n\f";

} // namespace

void text_builder::add(std::string_view text)
{
    while (!text.empty())
    {
        const std::size_t begin = std::min(text.find_first_not_of(white_space), text.size());
        space_ = space_ || begin > 0;
        text.remove_prefix(begin);
        const std::size_t end = std::min(text.find_first_of(white_space), text.size());
        if (end > 0)
            begin_word();
        text_ += text.substr(0, end);
        text.remove_prefix(end);
    }
}

void text_builder::add_preformatted(std::string_view text)
{
    if (text.empty())
        return;
    begin_word();
    text_ += text;
}

void text_builder::separate(int line_ends)
{
    line_ends_ = std::max(line_ends_, line_ends);
    space_ = tab_ = false;
}

void text_builder::break_line()
{
    if (text_.empty())
        return;
    line_ends_ = line_ends_ > 0 ? 2 : 1;
    space_ = false;
}

void text_builder::next_cell()
{
    tab_ = true;
    space_ = false;
}

void text_builder::begin_word()
{
    if (!text_.empty())
    {
        if (line_ends_ > 0)
        {
            // What was preformatted may end with some, even with millions.
            const auto wanted = static_cast<std::size_t>(line_ends_);
            std::size_t there = 0;
            while (there < std::min(wanted, text_.size()) &&
                   text_[text_.size() - 1 - there] == '\n')
                ++there;
            text_.append(wanted - there, '\n');
        }
        else if (tab_)
            text_ += '\t';
        else if (space_)
            text_ += ' ';
    }
    line_ends_ = 0;
    space_ = tab_ = false;
}

} // namespace html_package
