// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/letters/letter_source.hpp"

#include <string>
#include <utility>

namespace penstock::host
{

namespace
{

constexpr std::size_t longest_text = 1024;

// The length of the object at the begin of a text; 0 if it does not end there.
std::size_t length_of_object(std::string_view text)
{
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t at = 0; at < text.size(); ++at)
    {
        const char c = text[at];
        if (in_string && c == '\\')
            ++at;
        else if (c == '"')
            in_string = !in_string;
        else if (!in_string && c == '{')
            ++depth;
        else if (!in_string && c == '}' && --depth == 0)
            return at + 1;
    }
    return 0;
}

} // namespace

json::object letter_source(const json::object& packet)
{
    json::object found;
    const json::value* meta = packet.if_contains("meta");
    if (meta == nullptr || !meta->is_object())
        return {};
    for (const char* name : {"path", "filename", "id"})
        if (const json::value* value = meta->get_object().if_contains(name);
            value != nullptr && value->is_string() && value->get_string().size() <= longest_text)
            found[name] = *value;
    return found.empty() ? json::object() : json::object{{"meta", std::move(found)}};
}

// Objects stand before all else in a packet: its fields, then its meta.
json::object letter_source_in(std::string_view begin)
{
    constexpr std::string_view fields = "{\"fields\":", meta = "\"meta\":";
    std::string_view rest = begin.substr(begin.empty() ? 0 : 1);
    if (begin.starts_with(fields))
    {
        rest = begin.substr(fields.size());
        const std::size_t length = length_of_object(rest);
        rest = length == 0 ? std::string_view() : rest.substr(length);
        rest.remove_prefix(rest.starts_with(',') ? 1 : 0);
    }
    if (!rest.starts_with(meta))
        return {};
    rest.remove_prefix(meta.size());
    const std::string_view whole = rest.substr(0, length_of_object(rest));
    try
    {
        return letter_source(json::object{{"meta", parse_json(whole)}});
    }
    catch (const json_error&) // it does not end there
    {
        return {};
    }
}

} // namespace penstock::host
