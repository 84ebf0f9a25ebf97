// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "json_feed.hpp"

#include "dates.hpp"

#include "../curl/url.hpp"
#include "../reading/ascii.hpp"

#include <penstock/json.hpp>

#include <initializer_list>
#include <utility>

namespace feed_package
{

namespace
{

namespace json = penstock::json;

std::string text_of(const json::value* value)
{
    if (value == nullptr)
        return {};
    if (const json::string* text = value->if_string())
        return std::string(reading::trimmed(*text));
    return value->is_number() ? penstock::write_json(*value)
                              : std::string(); // an id, as in version 1
}

// The first of the members that has text.
std::string text_in(const json::object& from, std::initializer_list<const char*> names)
{
    for (const char* const name : names)
        if (std::string text = text_of(from.if_contains(name)); !text.empty())
            return text;
    return {};
}

const json::array& list_in(const json::object& from, const char* name)
{
    static const json::array none;
    const json::value* const found = from.if_contains(name);
    return found != nullptr && found->is_array() ? found->get_array() : none;
}

void add_person(const json::value* person, std::vector<std::string>& to)
{
    if (person == nullptr || !person->is_object())
        return;
    if (std::string name = text_in(person->get_object(), {"name", "url"}); !name.empty())
        to.push_back(std::move(name));
}

// `author` is that of version 1.
std::vector<std::string> people_in(const json::object& from)
{
    std::vector<std::string> people;
    for (const json::value& each : list_in(from, "authors"))
        add_person(&each, people);
    if (people.empty())
        add_person(from.if_contains("author"), people);
    return people;
}

entry read_item(const json::object& from, const feed& of, const std::string& base)
{
    const auto link_in = [&](const json::object& in, std::initializer_list<const char*> names)
    {
        const std::string link = text_in(in, names);
        return link.empty() ? link : curl::resolved(base, link);
    };
    entry read;
    read.title = text_in(from, {"title"});
    read.link = link_in(from, {"url", "external_url"});
    read.id = text_in(from, {"id"});
    read.authors = people_in(from);
    if (read.authors.empty())
        read.authors = of.authors;
    read.published = rfc3339_of(text_in(from, {"date_published"}));
    read.updated = rfc3339_of(text_in(from, {"date_modified"}));
    read.summary = text_in(from, {"summary"});
    read.content = text_in(from, {"content_html", "content_text"});
    for (const json::value& each : list_in(from, "tags"))
        if (std::string text = text_of(&each); !text.empty())
            read.categories.push_back(std::move(text));
    for (const json::value& each : list_in(from, "attachments"))
        if (const json::object* const attached = each.if_object())
            if (std::string link = link_in(*attached, {"url"}); !link.empty())
                read.enclosures.push_back(std::move(link));
    return read;
}

} // namespace

feed read_json_feed(std::string_view text, std::size_t memory)
{
    const json::value document = penstock::parse_json(text, {.memory = memory});
    const json::object* const root = document.if_object();
    if (root == nullptr ||
        text_in(*root, {"version"}).find("jsonfeed.org/version/") == std::string::npos)
        throw feed_error("has no version of JSON Feed; https://jsonfeed.org/version/1.1 was "
                         "expected");
    feed read;
    read.type = "json";
    read.title = text_in(*root, {"title"});
    read.link = text_in(*root, {"home_page_url"});
    read.id = text_in(*root, {"feed_url"});
    read.description = text_in(*root, {"description"});
    read.authors = people_in(*root);
    read.language = text_in(*root, {"language"});
    const std::string base = read.id.empty() ? read.link : read.id;
    for (const json::value& each : list_in(*root, "items"))
        if (const json::object* const item = each.if_object())
            read.entries.push_back(read_item(*item, read, base));
    return read;
}

} // namespace feed_package
