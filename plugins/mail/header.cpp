// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "header.hpp"

#include "../reading/header_field.hpp"

#include <algorithm>

#include <strings.h>

namespace mail_package
{

namespace
{

std::string_view without_line_end(std::string_view line)
{
    if (line.ends_with('\n'))
        line.remove_suffix(1);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

} // namespace

header::header(std::string_view text, std::size_t most) : body_(text)
{
    while (!body_.empty())
    {
        const std::string_view line =
            body_.substr(0, std::min(body_.find('\n'), body_.size() - 1) + 1);
        const std::string_view content = without_line_end(line);
        const std::size_t length = ::reading::field_name_length(content);
        if (content.empty())
        {
            body_.remove_prefix(line.size());
            return;
        }
        const bool goes_on =
            !fields_.empty() && (content.front() == ' ' || content.front() == '\t');
        const bool is_mbox_line =
            fields_.empty() && (content.starts_with("From ") || content.starts_with(">From "));
        if (!goes_on && !is_mbox_line && length == 0)
            return;
        body_.remove_prefix(line.size());
        if (text.size() - body_.size() > most)
            throw message_error("header: has more than " + std::to_string(most) +
                                " bytes; a smaller header was expected");
        if (goes_on)
        {
            std::string_view& value = fields_.back().value;
            value = {value.data(),
                     static_cast<std::size_t>(content.data() + content.size() - value.data())};
        }
        else if (!is_mbox_line)
        {
            fields_.push_back(
                {content.substr(0, length), content.substr(content.find(':', length) + 1)});
        }
    }
}

std::string_view header::value(std::string_view name) const
{
    const auto found = std::ranges::find_if(fields_,
                                            [&](const field& each)
                                            {
                                                return each.name.size() == name.size() &&
                                                       ::strncasecmp(each.name.data(), name.data(),
                                                                     name.size()) == 0;
                                            });
    return found == fields_.end() ? std::string_view() : found->value;
}

} // namespace mail_package
