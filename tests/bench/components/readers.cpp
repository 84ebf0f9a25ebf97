// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/bench/components/comparison.hpp"
#include "tests/bench/components/inputs.hpp"

#include <penstock/detail/utf8.hpp>

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

// csv/read stands on no library: the least that makes the same fields, of a table known to have four
// columns, quotes around the third and none in it.
std::size_t read_table(std::string_view text)
{
    constexpr std::string_view names[] = {"id", "name", "description", "price"};
    std::vector<json::object> rows;
    std::size_t at = text.find('\n') + 1;
    while (at < text.size())
    {
        json::object row;
        row.reserve(std::size(names));
        for (const std::string_view name : names)
        {
            const bool is_quoted = text[at] == '"';
            const std::size_t begin = at + (is_quoted ? 1 : 0);
            const std::size_t end =
                is_quoted ? text.find('"', begin) : text.find_first_of(",\n", begin);
            row.emplace(name, text.substr(begin, end - begin));
            at = end + (is_quoted ? 2 : 1);
        }
        rows.push_back(std::move(row));
    }
    return rows.size();
}

comparison csv_read()
{
    const std::string text = table();
    return {.component = "csv/read",
            .packets = [text] { return bodies({text}, "text/csv"); },
            .bare = [text] { return read_table(text); }};
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

std::size_t read_pages(const std::vector<std::string>& pages)
{
    std::vector<std::string> texts;
    for (const std::string& each : pages)
    {
        GumboOutput* const parsed =
            gumbo_parse_with_options(&kGumboDefaultOptions, each.data(), each.size());
        add_text(*parsed->root, texts.emplace_back());
        gumbo_destroy_output(&kGumboDefaultOptions, parsed);
    }
    return texts.size();
}

comparison html_read()
{
    std::vector<std::string> pages = documentation(".html", 4 << 20);
    std::erase_if(pages, [](const std::string& each) { return !detail::is_utf8(each); });
    return {.component = "html/read",
            .packets = [pages] { return bodies(pages, "text/html"); },
            .bare = [pages] { return read_pages(pages); }};
}

} // namespace

std::vector<comparison> readers()
{
    return {csv_read(), html_read()};
}

} // namespace penstock::bench
