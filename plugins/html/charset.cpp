// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "charset.hpp"

#include "../reading/ascii.hpp"

#include <algorithm>

namespace html_package
{

std::string declared_charset(std::string_view page)
{
    const std::string head = reading::lower(page.substr(0, 1024));
    for (std::size_t tag = head.find("<meta"); tag != std::string::npos;
         tag = head.find("<meta", tag + 1))
    {
        const std::string_view element =
            std::string_view(head).substr(tag, head.find('>', tag) - tag);
        const std::size_t name = element.find("charset");
        if (name == std::string_view::npos)
            continue;
        std::size_t begin = element.find_first_not_of(" \t\r\n\f", name + 7);
        if (begin == std::string_view::npos || element[begin] != '=')
            continue;
        begin = std::min(element.find_first_not_of(" \t\r\n\f\"'", begin + 1), element.size());
        const std::size_t end = element.find_first_of(" \t\r\n\f\"';/", begin);
        const std::string_view charset = element.substr(begin, end - begin);
        return std::string(charset.starts_with("utf-16") ? "utf-8" : charset);
    }
    return {};
}

} // namespace html_package
