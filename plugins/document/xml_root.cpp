// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "xml_root.hpp"

#include <algorithm>
#include <string>

namespace document_package
{

namespace
{

constexpr std::string_view space = " \t\r\n";
constexpr std::string_view xhtml = "http://www.w3.org/1999/xhtml";

std::string_view behind(std::string_view text, std::string_view end)
{
    const std::size_t at = text.find(end);
    return at == std::string_view::npos ? std::string_view() : text.substr(at + end.size());
}

// A document type declaration may have others in brackets (XML 1.0, 2.8).
std::string_view behind_document_type(std::string_view text)
{
    const std::size_t end = text.find_first_of("[>");
    if (end != std::string_view::npos && text[end] == '[')
        return behind(behind(text, "]"), ">");
    return behind(text, ">");
}

// The root element of a document, from its name on; empty if there is none.
std::string_view root_of(std::string_view text)
{
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);
    for (;;)
    {
        text.remove_prefix(std::min(text.find_first_not_of(space), text.size()));
        if (text.starts_with("<?"))
            text = behind(text, "?>");
        else if (text.starts_with("<!--"))
            text = behind(text.substr(4), "-->");
        else if (text.starts_with("<!"))
            text = behind_document_type(text);
        else
            return text.starts_with('<') ? text.substr(1) : std::string_view();
    }
}

// Whether a start tag has an attribute of that name, with or without a value.
bool has_attribute(std::string_view tag, std::string_view name, std::string_view value)
{
    for (std::size_t at = tag.find(name); at != std::string_view::npos; at = tag.find(name, at + 1))
    {
        std::string_view rest = tag.substr(at + name.size());
        rest.remove_prefix(std::min(rest.find_first_not_of(space), rest.size()));
        if (at == 0 || space.find(tag[at - 1]) == std::string_view::npos || !rest.starts_with('='))
            continue;
        rest.remove_prefix(1);
        rest.remove_prefix(std::min(rest.find_first_not_of(space), rest.size()));
        if (value.empty() ||
            (!rest.empty() && rest.find_first_of("\"'") == 0 && rest.substr(1).starts_with(value) &&
             rest.substr(1 + value.size()).starts_with(rest[0])))
            return true;
    }
    return false;
}

} // namespace

std::string_view media_type_of_root(std::string_view body)
{
    const std::string_view root = root_of(body);
    const std::string_view tag = root.substr(0, root.find('>'));
    const std::string_view name = tag.substr(0, tag.find_first_of(" \t\r\n/"));
    const std::size_t colon = name.find(':');
    const std::string_view prefix =
        colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
    if (name.substr(prefix.empty() ? 0 : colon + 1) != "html")
        return {};
    const std::string declaration = prefix.empty() ? "xmlns" : "xmlns:" + std::string(prefix);
    if (has_attribute(tag, declaration, xhtml))
        return "application/xhtml+xml";
    return prefix.empty() && !has_attribute(tag, "xmlns", "") ? "text/html" : "";
}

} // namespace document_package
