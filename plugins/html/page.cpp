// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "page.hpp"
#include "nesting.hpp"
#include "text_builder.hpp"

#include <algorithm>
#include <set>

#include <strings.h>

namespace html_package
{

namespace
{

// What keeps a block apart from its surroundings.
enum class apart
{
    no,
    line,
    paragraph,
    cell
};

apart apart_of(GumboTag tag)
{
    switch (tag)
    {
    case GUMBO_TAG_P:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_HGROUP:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_ASIDE:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_FIGURE:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_UL: return apart::paragraph;
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_DIR:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_FIGCAPTION:
    case GUMBO_TAG_LEGEND:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_MENU:
    case GUMBO_TAG_OPTION:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_TR: return apart::line;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH: return apart::cell;
    default: return apart::no;
    }
}

bool is_unread(GumboTag tag)
{
    switch (tag)
    {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_NOFRAMES:
    case GUMBO_TAG_NOEMBED:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_TITLE: return true;
    default: return false;
    }
}

bool is_heading(GumboTag tag)
{
    return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6;
}

std::string_view attribute(const GumboNode& node, const char* name)
{
    const GumboAttribute* found = gumbo_get_attribute(&node.v.element.attributes, name);
    return found == nullptr ? std::string_view() : std::string_view(found->value);
}

std::string collapsed(std::string_view text)
{
    text_builder whole;
    whole.add(text);
    return whole.text();
}

class reader
{
public:
    reader(page& into, std::size_t most) : page_(into), most_(most) {}

    bool enter(const GumboNode& node)
    {
        if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE ||
            node.type == GUMBO_NODE_CDATA)
        {
            add(node.v.text.text);
            return false;
        }
        if (node.type != GUMBO_NODE_ELEMENT)
            return false;
        const GumboTag tag = node.v.element.tag;
        note(node, tag);
        if (is_unread(tag) || gumbo_get_attribute(&node.v.element.attributes, "hidden") != nullptr)
            return false;
        if (++depth_ > most_)
            throw page_error("nesting: is deeper than " + std::to_string(most_) +
                             "; a page of simpler structure was expected");
        keep_apart(tag);
        if (tag == GUMBO_TAG_BR)
            text_.break_line();
        preformatted_ += tag == GUMBO_TAG_PRE || tag == GUMBO_TAG_TEXTAREA ? 1 : 0;
        if (is_heading(tag) && headings_++ == 0)
            heading_ = text_builder();
        return true;
    }

    void leave(const GumboNode& node)
    {
        const GumboTag tag = node.v.element.tag;
        --depth_;
        keep_apart(tag);
        preformatted_ -= tag == GUMBO_TAG_PRE || tag == GUMBO_TAG_TEXTAREA ? 1 : 0;
        if (is_heading(tag) && --headings_ == 0 && !heading_.text().empty())
            page_.headings.push_back(heading_.text());
    }

    void finish() { page_.text = text_.text(); }

private:
    void add(std::string_view text)
    {
        if (headings_ > 0)
            heading_.add(text);
        if (preformatted_ > 0)
            text_.add_preformatted(text);
        else
            text_.add(text);
    }

    // What is said in elements and attributes besides the text.
    void note(const GumboNode& node, GumboTag tag)
    {
        if (tag == GUMBO_TAG_HTML)
            page_.language = attribute(node, "lang");
        else if (tag == GUMBO_TAG_META && page_.description.empty() &&
                 ::strcasecmp(std::string(attribute(node, "name")).c_str(), "description") == 0)
            page_.description = collapsed(attribute(node, "content"));
        else if (tag == GUMBO_TAG_TITLE && page_.title.empty() &&
                 node.v.element.tag_namespace == GUMBO_NAMESPACE_HTML)
            page_.title = text_in(node);
        else if (tag == GUMBO_TAG_A || tag == GUMBO_TAG_AREA)
            note_link(collapsed(attribute(node, "href")));
    }

    void note_link(const std::string& link)
    {
        if (!link.empty() && known_links_.insert(link).second)
            page_.links.push_back(link);
    }

    static std::string text_in(const GumboNode& title)
    {
        text_builder whole;
        const GumboVector& children = title.v.element.children;
        for (unsigned int i = 0; i < children.length; ++i)
        {
            const auto& each = *static_cast<const GumboNode*>(children.data[i]);
            if (each.type == GUMBO_NODE_TEXT || each.type == GUMBO_NODE_WHITESPACE)
                whole.add(each.v.text.text);
        }
        return whole.text();
    }

    void keep_apart(GumboTag tag)
    {
        switch (apart_of(tag))
        {
        case apart::no: break;
        case apart::line: text_.separate(1); break;
        case apart::paragraph: text_.separate(2); break;
        case apart::cell: text_.next_cell(); break;
        }
    }

    page& page_;
    std::size_t most_;
    std::size_t depth_ = 0;
    std::set<std::string> known_links_;
    text_builder text_;
    text_builder heading_;
    int headings_ = 0;     // how many are open
    int preformatted_ = 0; // how many elements are open whose white space is kept
};

} // namespace

page read_page(std::string_view text, const page_limits& limits)
{
    if (nesting_of(text, limits.depth) > limits.depth)
        throw page_error("nesting: is deeper than " + std::to_string(limits.depth) +
                         "; a page of simpler structure was expected");
    page found;
    const tree elements(text, limits);
    reader reading(found, limits.depth);
    walk(
        elements.root(), [&](const GumboNode& node) { return reading.enter(node); },
        [&](const GumboNode& node) { reading.leave(node); });
    reading.finish();
    return found;
}

} // namespace html_package
