// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/metrics_text.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace penstock::host::api
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
    line({}, with, std::to_string(value));
}

void metrics_text::part(std::string_view suffix, labels with, std::uint64_t value)
{
    line(suffix, with, std::to_string(value));
}

std::string metrics_text::number(double value)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value > 0 ? "+Inf" : "-Inf";
    std::array<char, 32> digits;
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    return {digits.data(), end};
}

void metrics_text::line(std::string_view suffix, labels with, std::string_view value)
{
    text_.append(name_).append(suffix);
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
    text_.append(" ").append(value).append("\n");
}

} // namespace penstock::host::api
