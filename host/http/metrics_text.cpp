// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/http/metrics_text.hpp"

namespace penstock::host::http
{

namespace
{

void add_escaped(std::string& to, std::string_view text, bool quotes)
{
    for (const char c : text)
    {
        if (c == '\\' || (quotes && c == '"'))
            to += '\\';
        if (c == '\n')
            to += "\\n";
        else
            to += c;
    }
}

} // namespace

void metrics_text::family(std::string_view name, std::string_view type, std::string_view help)
{
    name_ = name;
    text_.append("# HELP ").append(name).append(" ");
    add_escaped(text_, help, false);
    text_.append("\n# TYPE ").append(name).append(" ").append(type).append("\n");
}

void metrics_text::sample(labels with, std::uint64_t value)
{
    text_ += name_;
    char before = '{';
    for (const auto& [label, content] : with)
    {
        text_ += before;
        text_.append(label).append("=\"");
        add_escaped(text_, content, true);
        text_ += '"';
        before = ',';
    }
    if (with.size() != 0)
        text_ += '}';
    text_.append(" ").append(std::to_string(value)).append("\n");
}

} // namespace penstock::host::http
