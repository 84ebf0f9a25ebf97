// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "structured_data.hpp"

#include <penstock/detail/utf8.hpp>

#include <cstddef>
#include <string>

namespace syslog_package
{
namespace
{

namespace json = penstock::json;

// What comes from anybody may not fill an object with keys of one hash.
constexpr std::size_t most_names = 1000;

// SD-NAME: 1 to 32 characters of ASCII that are visible, without `=`, `]` and `"`; longer ones
// occur.
std::optional<std::string_view> take_name(std::string_view& text)
{
    constexpr std::size_t longest = 256;
    std::size_t end = 0;
    while (end < text.size() && text[end] > ' ' && text[end] < '\x7f' && text[end] != '=' &&
           text[end] != ']' && text[end] != '"')
        ++end;
    if (end == 0 || end > longest)
        return std::nullopt;
    const std::string_view name = text.substr(0, end);
    text.remove_prefix(end);
    return name;
}

// A value in quotes, in which a backslash makes `"`, `\\` and `]` ordinary and is else itself.
std::optional<std::string> take_value(std::string_view& text)
{
    if (!text.starts_with('"'))
        return std::nullopt;
    std::string value;
    for (std::size_t i = 1; i < text.size(); ++i)
    {
        const char next = i + 1 < text.size() ? text[i + 1] : '\0';
        if (text[i] == '"')
        {
            text.remove_prefix(i + 1);
            return penstock::detail::repaired_utf8(value);
        }
        if (text[i] == '\\' && (next == '"' || next == '\\' || next == ']'))
            ++i;
        value += text[i];
    }
    return std::nullopt;
}

void add(json::object& to, std::string_view name, std::string&& value)
{
    json::value made = json::string(value);
    const auto [place, is_new] = to.emplace(name, made);
    if (is_new)
        return;
    if (!place->value().is_array())
        place->value() = json::array{place->value()};
    place->value().get_array().push_back(std::move(made));
}

// `[SD-ID NAME="VALUE" …]`.
bool take_element(std::string_view& text, json::object& into, std::size_t& names)
{
    text.remove_prefix(1);
    const std::optional<std::string_view> id = take_name(text);
    if (!id || ++names > most_names)
        return false;
    json::object& element = into.emplace(*id, json::object()).first->value().get_object();
    while (text.starts_with(' '))
    {
        text.remove_prefix(1);
        const std::optional<std::string_view> name = take_name(text);
        if (!name || ++names > most_names || !text.starts_with('='))
            return false;
        text.remove_prefix(1);
        std::optional<std::string> value = take_value(text);
        if (!value)
            return false;
        add(element, *name, std::move(*value));
    }
    if (!text.starts_with(']'))
        return false;
    text.remove_prefix(1);
    return true;
}

} // namespace

std::optional<json::object> take_structured_data(std::string_view& text)
{
    json::object made;
    if (text.starts_with('-'))
    {
        text.remove_prefix(1);
        return made;
    }
    if (!text.starts_with('['))
        return std::nullopt;
    std::size_t names = 0;
    while (text.starts_with('['))
        if (!take_element(text, made, names))
            return std::nullopt;
    return made;
}

} // namespace syslog_package
