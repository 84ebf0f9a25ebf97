// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/reference.hpp"

#include "host/packages/stamp.hpp"

#include <algorithm>
#include <array>

namespace penstock::host
{

namespace
{

struct kind
{
    std::string_view prefix;
    reference::source from;
};

constexpr std::array kinds{kind{"${env:", reference::source::environment},
                           kind{"${secret:", reference::source::secret}};

bool is_reference_name(std::string_view name)
{
    return !name.empty() &&
           std::all_of(name.begin(), name.end(),
                       [](unsigned char c)
                       {
                           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                  (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
                       });
}

bool looks_like_reference(std::string_view text)
{
    return std::any_of(kinds.begin(), kinds.end(),
                       [&](const kind& each) { return text.find(each.prefix) != text.npos; });
}

bool wants_text(const json::object& schema)
{
    const json::value* const type = schema.if_contains("type");
    return type == nullptr || *type == json::value("string") ||
           *type == json::value({"string", "null"}); // which may be left out
}

/// The schema of the items of a list, or an empty one, which takes anything.
const json::object& items_of(const json::object& schema)
{
    static const json::object anything;
    const json::value* const items = schema.if_contains("items");
    return items != nullptr && items->is_object() ? items->get_object() : anything;
}

/// The schema of a member of an object, or an empty one.
const json::object& member_of(const json::object& schema, std::string_view name)
{
    static const json::object anything;
    const json::value* const members = schema.if_contains("properties");
    if (members == nullptr || !members->is_object())
        return anything;
    const json::value* const found = members->get_object().if_contains(name);
    return found != nullptr && found->is_object() ? found->get_object() : anything;
}

bool is_secret(const json::object& schema)
{
    const json::value* const secret = schema.if_contains("writeOnly");
    return secret != nullptr && *secret == json::value(true);
}

constexpr std::size_t shortest_hidden = 4; ///< shorter ones would be found in any text

json::value read_as(const std::string& text, const json::object& schema)
{
    if (wants_text(schema))
        return json::value(text);
    try
    {
        return parse_json(text);
    }
    catch (const json_error&)
    {
        return json::value(text); // a duration, say; or it does not fit, as its check will tell
    }
}

} // namespace

std::optional<reference> parse_reference(std::string_view text)
{
    if (!text.ends_with('}'))
        return std::nullopt;
    for (const kind& each : kinds)
        if (text.starts_with(each.prefix))
        {
            const std::string_view name =
                text.substr(each.prefix.size(), text.size() - each.prefix.size() - 1);
            if (is_reference_name(name))
                return reference{each.from, std::string(name)};
        }
    return std::nullopt;
}

void refuse_partial_references(const json::value& value, const json_place& at,
                               problem_list& problems)
{
    if (const json::string* text = value.if_string();
        text != nullptr && looks_like_reference(*text) && !parse_reference(*text))
        problems.add(at.pointer(), "has a reference in a text, which is not resolved",
                     R"("${env:NAME}" or "${secret:NAME}" as the whole was expected)");
    if (const json::array* list = value.if_array())
        for (std::size_t i = 0; i < list->size(); ++i)
            refuse_partial_references((*list)[i], json_place(at, i), problems);
    if (const json::object* object = value.if_object())
        for (const auto& member : *object)
        {
            const json_place member_at(at, member.key());
            if (looks_like_reference(member.key()))
                problems.add(member_at.pointer(),
                             "has a reference in a name, which is not resolved",
                             "one in a value was expected");
            refuse_partial_references(member.value(), member_at, problems);
        }
}

bool has_references(const json::value& value)
{
    if (const json::string* text = value.if_string())
        return parse_reference(*text).has_value();
    if (const json::array* list = value.if_array())
        return std::any_of(list->begin(), list->end(), has_references);
    if (const json::object* object = value.if_object())
        return std::any_of(object->begin(), object->end(),
                           [](const auto& member) { return has_references(member.value()); });
    return false;
}

void refuse_written_secrets(const json::value& value, const json::object& schema,
                            const json_place& at, problem_list& problems)
{
    if (is_secret(schema))
    {
        if (value.is_string() && !parse_reference(value.get_string()))
            problems.add(at.pointer(), "is a secret that is written out",
                         R"("${secret:NAME}" or "${env:NAME}" was expected)");
        return;
    }
    if (const json::array* list = value.if_array())
        for (std::size_t i = 0; i < list->size(); ++i)
            refuse_written_secrets((*list)[i], items_of(schema), json_place(at, i), problems);
    if (const json::object* object = value.if_object())
        for (const auto& member : *object)
            refuse_written_secrets(member.value(), member_of(schema, member.key()),
                                   json_place(at, member.key()), problems);
}

json::value resolve_references(const json::value& value, const json::object& schema,
                               const resolver& resolve, const json_place& at,
                               problem_list& problems)
{
    if (const json::string* text = value.if_string())
    {
        const std::optional<reference> found = parse_reference(*text);
        if (!found)
            return value;
        if (const auto behind = resolve ? resolve(*found) : std::nullopt)
            return read_as(*behind, schema);
        problems.add(at.pointer(), std::string(*text) + " is not known here",
                     found->from == reference::source::environment
                         ? "an environment variable of that name was expected"
                         : "a secret of that name was expected");
        return value;
    }
    if (const json::array* list = value.if_array())
    {
        json::array resolved;
        for (std::size_t i = 0; i < list->size(); ++i)
            resolved.push_back(resolve_references((*list)[i], items_of(schema), resolve,
                                                  json_place(at, i), problems));
        return resolved;
    }
    if (const json::object* object = value.if_object())
    {
        json::object resolved;
        for (const auto& member : *object)
            resolved[member.key()] =
                resolve_references(member.value(), member_of(schema, member.key()), resolve,
                                   json_place(at, member.key()), problems);
        return resolved;
    }
    return value;
}

void collect_secrets(const json::value& resolved, const json::object& schema,
                     std::vector<std::string>& secrets)
{
    if (const json::string* text = resolved.if_string(); text != nullptr && is_secret(schema))
        secrets.emplace_back(*text);
    if (const json::array* list = resolved.if_array())
        for (const json::value& each : *list)
            collect_secrets(each, items_of(schema), secrets);
    if (const json::object* object = resolved.if_object())
        for (const auto& member : *object)
            collect_secrets(member.value(), member_of(schema, member.key()), secrets);
}

std::string without_secrets(std::string text, const std::vector<std::string>& secrets)
{
    constexpr std::string_view hidden = "***";
    for (const std::string& each : secrets)
    {
        if (each.size() < shortest_hidden)
            continue;
        for (std::size_t at = text.find(each); at != text.npos;
             at = text.find(each, at + hidden.size()))
            text.replace(at, each.size(), hidden);
    }
    return text;
}

} // namespace penstock::host
