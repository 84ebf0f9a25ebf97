// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/documentation.hpp"

#include "host/cli/author/component_markdown.hpp"

#include <optional>

namespace penstock::host::cli
{

namespace
{

constexpr std::string_view mark_begins = "<!-- penstock inspect ";
constexpr std::string_view mark_ends = " -->\n";

/// The sections of a component, or of a package's; empty if there is none.
std::string sections_of(const std::string& id, catalogue& components)
{
    std::string text;
    for (const auto& type : components.all())
        if (type->id == id || type->package == id)
            text += (text.empty() ? "" : "\n") + component_markdown(*type);
    return text;
}

} // namespace

pages reference_pages(catalogue& components)
{
    pages all;
    std::string index = "# Components\n\nWhat comes with Penstock, by category. These pages are "
                        "written by\n`penstock inspect --markdown --into docs/components`.\n";
    std::optional<category> last;
    for (const auto& type : components.all())
    {
        const std::string page = type->package + ".md";
        std::string& text = all[page];
        if (text.empty())
            text = "# The package " + type->package + '\n';
        text += '\n' + component_markdown(*type);
        if (last != type->category)
            index += "\n| " + std::string(name_of(type->category)) + " | |\n|---|---|\n";
        last = type->category;
        std::string anchor = type->id; // as forges make it of a heading
        std::erase(anchor, '/');
        index += "| [" + type->id + "](" + page + "#" + anchor + ") | " + type->summary + " |\n";
    }
    all["README.md"] = std::move(index);
    return all;
}

std::string with_documentation(const std::string& text, catalogue& components,
                               const std::string& where, std::vector<problem>& problems)
{
    std::string made;
    std::size_t done = 0;
    for (std::size_t mark = text.find(mark_begins); mark != text.npos;
         mark = text.find(mark_begins, done))
    {
        const std::size_t name = mark + mark_begins.size();
        const std::size_t after = text.find(mark_ends, name);
        const std::string id = after == text.npos ? "" : text.substr(name, after - name);
        const std::string end_mark = "<!-- end of " + id + " -->";
        const std::size_t end = after == text.npos ? after : text.find(end_mark, after);
        if (end == text.npos)
        {
            problems.emplace_back(where, "", "mark for " + quote(id) + " has no end",
                                  "the line " + end_mark + " was expected");
            break;
        }
        const std::string sections = sections_of(id, components);
        if (sections.empty())
            problems.emplace_back(where, "", "unknown component " + quote(id),
                                  "one of penstock inspect was expected");
        made += text.substr(done, after + mark_ends.size() - done) + '\n' + sections + '\n';
        done = end;
    }
    if (done == 0 && problems.empty())
        problems.emplace_back(where, "", "has no mark for documentation",
                              "a line <!-- penstock inspect PACKAGE/NAME --> was expected");
    return made + text.substr(done);
}

} // namespace penstock::host::cli
