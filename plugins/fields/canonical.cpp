// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "canonical.hpp"
#include "whole_number.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <optional>
#include <string_view>
#include <vector>

namespace fields_package
{

namespace
{

namespace json = penstock::json;

void append_text(std::string_view text, std::string& to)
{
    to.append(std::to_string(text.size())).append(":").append(text);
}

void append_number(const json::value& number, std::string& to)
{
    if (const std::optional<whole_number> found = whole(number))
    {
        if (found->is_negative)
            to += '-';
        to += std::to_string(found->magnitude);
        return;
    }
    char text[40];
    const int size = std::snprintf(text, sizeof text, "%.17g", number.get_double());
    to.append(text, static_cast<std::size_t>(size));
}

void append(const json::value& value, std::string& to)
{
    switch (value.kind())
    {
    case json::kind::null: to += 'n'; break;
    case json::kind::bool_: to += value.get_bool() ? 't' : 'f'; break;
    case json::kind::int64:
    case json::kind::uint64:
    case json::kind::double_: append_number(value, to); break;
    case json::kind::string: append_text(value.get_string(), to); break;
    case json::kind::array:
        to += '[';
        for (const json::value& each : value.get_array())
        {
            append(each, to);
            to += ',';
        }
        to += ']';
        break;
    case json::kind::object: {
        std::vector<const json::key_value_pair*> members;
        for (const json::key_value_pair& each : value.get_object())
            members.push_back(&each);
        std::ranges::sort(members, {},
                          [](const auto* each) { return std::string_view(each->key()); });
        to += '{';
        for (const json::key_value_pair* each : members)
        {
            append_text(each->key(), to);
            append(each->value(), to);
            to += ',';
        }
        to += '}';
        break;
    }
    }
}

} // namespace

std::string canonical(const json::value& value)
{
    std::string text;
    append(value, text);
    return text;
}

} // namespace fields_package
