// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/entity_tag.hpp"

#include "host/store/revision.hpp"

#include <utility>

namespace penstock::host::api
{

namespace
{

// Whether a list of ETags names this one, `*` any. Weak ones are compared as if strong: what
// made them weak, a compression on the way, has not changed what they name.
bool names(std::string_view list, std::string_view tag) noexcept
{
    while (!list.empty())
    {
        const std::size_t comma = list.find(',');
        std::string_view each = list.substr(0, comma);
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
        while (each.starts_with(' ') || each.starts_with('\t'))
            each.remove_prefix(1);
        while (each.ends_with(' ') || each.ends_with('\t'))
            each.remove_suffix(1);
        if (each.starts_with("W/"))
            each.remove_prefix(2);
        if (!tag.empty() && (each == "*" || each == tag))
            return true;
    }
    return false;
}

} // namespace

std::string entity_tag(std::string_view text)
{
    return '"' + revision(text) + '"';
}

std::optional<http::response> objection(const http::request& change, std::string_view tag)
{
    const auto wanted = change.headers.find("If-Match");
    const auto unwanted = change.headers.find("If-None-Match");
    const bool fits = (!wanted || names(*wanted, tag)) && (!unwanted || !names(*unwanted, tag));
    if (fits)
        return std::nullopt;
    http::response made = http::response::problem(
        412, {},
        tag.empty() ? "there is nothing of that name"
                    : "it has changed in the meantime; the present revision was expected");
    if (!tag.empty())
        made.headers.add("ETag", tag);
    return made;
}

http::response tagged(const http::request& asked, std::string text)
{
    const std::string tag = entity_tag(text);
    const bool known = names(asked.headers.value("If-None-Match"), tag);
    http::response made = known ? http::response{.status = 304, .headers = {}, .body = {}}
                                : http::response::json(200, std::move(text));
    made.headers.add("ETag", tag);
    made.headers.add("Cache-Control", "no-cache");
    return made;
}

} // namespace penstock::host::api
