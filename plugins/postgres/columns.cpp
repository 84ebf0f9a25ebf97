// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "columns.hpp"

#include "../packets/place_problem.hpp"

#include <algorithm>
#include <stdexcept>

namespace postgres_package
{
namespace
{

namespace json = penstock::json;

std::string plain(const json::value& value)
{
    return value.is_string() ? std::string(value.get_string()) : penstock::write_json(value);
}

void append_element(const json::value& value, std::string& text)
{
    if (value.is_null())
    {
        text += "NULL";
        return;
    }
    if (const json::array* list = value.if_array())
    {
        text += '{';
        for (const json::value& each : *list)
        {
            if (&each != &list->front())
                text += ',';
            append_element(each, text);
        }
        text += '}';
        return;
    }
    text += '"';
    for (const char c : plain(value))
    {
        if (c == '"' || c == '\\')
            text += '\\';
        text += c;
    }
    text += '"';
}

} // namespace

bool is_name(std::string_view text)
{
    return !text.empty() && text.find('\0') == std::string_view::npos;
}

std::vector<column> named_columns(const json::value& parameter)
{
    std::vector<column> named;
    const auto take = [&](std::string_view name, const json::value& place)
    {
        const json::string* text = place.if_string();
        if (!is_name(name) || text == nullptr || text->empty())
            throw std::invalid_argument("has no name; that of a column was expected");
        if (const std::string wrong = packets::problem_of_place(std::string_view(*text));
            parameter.is_object() && !wrong.empty())
            throw std::invalid_argument(wrong);
        if (std::ranges::find(named, name, &column::name) != named.end())
            throw std::invalid_argument("\"" + std::string(name) +
                                        "\" is there twice; it was expected once");
        named.push_back({.name = std::string(name), .place = std::string(*text)});
    };
    if (const json::array* list = parameter.if_array())
        for (const json::value& each : *list)
            take(each.is_string() ? std::string_view(each.get_string()) : std::string_view(), each);
    else if (const json::object* object = parameter.if_object())
        for (const auto& [name, place] : *object)
            take(name, place);
    else if (!parameter.is_null())
        throw std::invalid_argument("is no list; a list or an object was expected");
    if (!parameter.is_null() && named.empty())
        throw std::invalid_argument("is empty; a name was expected");
    return named;
}

const json::value* find_value(const penstock::packet& from, const column& of)
{
    constexpr std::string_view meta = "/meta/";
    constexpr std::string_view fields = "/fields/";
    const std::string_view place = of.place;
    if (place.starts_with(meta))
        return from.find_meta(place.substr(meta.size()));
    return from.find(place.starts_with(fields) ? place.substr(fields.size()) : place);
}

sql_text write_value(const json::value& value, const column& of)
{
    if (value.is_null())
        return std::nullopt;
    std::string text;
    if (of.is_json)
        text = penstock::write_json(value);
    else if (of.is_array)
        append_element(value.is_array() ? value : json::value(json::array{value}), text);
    else
        text = plain(value);
    if (text.find('\0') != std::string::npos)
        throw std::invalid_argument("column \"" + of.name +
                                    "\": has a NUL; a text without was expected");
    return text;
}

std::string quote_name(std::string_view name)
{
    std::string text = "\"";
    for (const char c : name)
    {
        if (c == '"')
            text += '"';
        text += c;
    }
    return text + '"';
}

std::string quote_table(std::string_view name)
{
    const std::size_t dot = name.find('.');
    return dot == std::string_view::npos
               ? quote_name(name)
               : quote_name(name.substr(0, dot)) + '.' + quote_name(name.substr(dot + 1));
}

void append_copy_field(const sql_text& value, std::string& line)
{
    if (!value)
    {
        line += "\\N";
        return;
    }
    for (const char c : *value)
        switch (c)
        {
        case '\\': line += "\\\\"; break;
        case '\n': line += "\\n"; break;
        case '\r': line += "\\r"; break;
        case '\t': line += "\\t"; break;
        default: line += c;
        }
}

} // namespace postgres_package
