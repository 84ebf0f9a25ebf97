// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/components/comparison.hpp"
#include "tests/bench/components/inputs.hpp"

#include <penstock/detail/utf8.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

#include <gumbo.h>

namespace penstock::bench
{
namespace
{

constexpr std::size_t rows_of_a_table = 20'000;

std::string table()
{
    std::string made = "id,name,description,price\n";
    for (std::size_t n = 0; n < rows_of_a_table; ++n)
        made += "p" + std::to_string(n) + "," + words(2, n) + ",\"" + words(11, n) + "\"," +
                std::to_string(n % 1000) + "\n";
    return made;
}

// A value and the place behind what ends it.
std::string_view next_value(std::string_view text, std::size_t& at, std::string& own)
{
    if (at == text.size() || text[at] != '"')
    {
        const std::size_t begin = at;
        const std::size_t end = std::min(text.find_first_of(",\n", at), text.size());
        at = end + 1;
        return text.substr(begin, end - begin);
    }
    own.clear();
    for (++at;; ++at)
    {
        const std::size_t end = std::min(text.find('"', at), text.size());
        own.append(text, at, end - at);
        at = end + 1;
        if (at >= text.size() || text[at] != '"')
            break;
        own += '"';
    }
    ++at; // a comma or the end of the line
    return own;
}

// csv/read stands on no library: a loop that reads values, with quotes around them or not, into
// objects with the names of the header.
std::size_t read_table(std::string_view text)
{
    constexpr std::string_view names[] = {"id", "name", "description", "price"};
    if (!detail::is_utf8(text))
        return 0;
    std::vector<json::object> rows;
    std::string own;
    std::size_t at = text.find('\n') + 1;
    while (at < text.size())
    {
        json::object row;
        row.reserve(std::size(names));
        for (const std::string_view name : names)
            row.emplace(name, next_value(text, at, own));
        rows.push_back(std::move(row));
    }
    return rows.size();
}

comparison csv_read()
{
    const std::string text = table();
    return {.name = "csv/read",
            .packets = [text] { return bodies({text}, "text/csv"); },
            .bare = [](const std::vector<packet>& given)
            { return read_table(given.front().data().view()); }};
}

void add_text(const GumboNode& node, std::string& text)
{
    if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE ||
        node.type == GUMBO_NODE_CDATA)
        text += node.v.text.text;
    if (node.type != GUMBO_NODE_ELEMENT || node.v.element.tag == GUMBO_TAG_SCRIPT ||
        node.v.element.tag == GUMBO_TAG_STYLE)
        return;
    const GumboVector& children = node.v.element.children;
    for (unsigned int n = 0; n < children.length; ++n)
        add_text(*static_cast<const GumboNode*>(children.data[n]), text);
}

std::size_t read_pages(const std::vector<packet>& pages)
{
    std::vector<std::string> texts;
    for (const packet& each : pages)
    {
        const bytes page = each.data();
        GumboOutput* const parsed =
            gumbo_parse_with_options(&kGumboDefaultOptions, page.view().data(), page.size());
        add_text(*parsed->root, texts.emplace_back());
        gumbo_destroy_output(&kGumboDefaultOptions, parsed);
    }
    return texts.size();
}

comparison html_read()
{
    std::vector<std::string> pages = documentation(".html", 4 << 20);
    std::erase_if(pages, [](const std::string& each) { return !detail::is_utf8(each); });
    return {.name = "html/read",
            .packets = [pages] { return bodies(pages, "text/html"); },
            .bare = read_pages};
}

} // namespace

void add_readers(std::vector<comparison>& to)
{
    add(to, csv_read);
    add(to, html_read);
}

} // namespace penstock::bench
