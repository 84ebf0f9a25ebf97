// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "nesting.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace html_package
{

namespace
{

// A name as a number, so that comparing takes no time; names that share one are taken for one.
using name = std::uint64_t;

constexpr name name_of(std::string_view text)
{
    name hash = 14695981039346656037U;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c)) *
               1099511628211U;
    return hash;
}

template <std::size_t Count>
class names
{
public:
    template <class... Texts>
    constexpr explicit names(const Texts&... texts) : list_{name_of(texts)...}
    {
    }

    [[nodiscard]] constexpr bool contains(name each) const
    {
        return std::ranges::find(list_, each) != list_.end();
    }

private:
    std::array<name, Count> list_;
};

template <class... Texts>
names(const Texts&...) -> names<sizeof...(Texts)>;

constexpr names voids("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr",
                      "img", "image", "input", "keygen", "link", "meta", "param", "source", "track",
                      "wbr");

// Their content is text up to their end tag.
constexpr names raws("script", "style", "textarea", "title", "xmp", "iframe", "noembed",
                     "noframes");

// Within these, tags may close themselves.
constexpr names foreign("svg", "math");

// Those whose start tag ends a paragraph, an item and so on, and those beyond which it ends none.
constexpr names items("li");
constexpr names around_items("ul", "ol", "menu", "table", "div");
constexpr names terms("dt", "dd");
constexpr names around_terms("dl", "table", "div");
constexpr names choices("option");
constexpr names around_choices("select", "optgroup");
constexpr names cells("td", "th");
constexpr names around_cells("table", "tr");
constexpr names rows("tr");
constexpr names around_rows("table", "tbody", "thead", "tfoot");
constexpr names bodies("tbody", "thead", "tfoot");
constexpr names around_bodies("table");
constexpr names blocks("address", "article", "aside", "blockquote", "center", "details", "div",
                       "dl", "fieldset", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
                       "header", "hr", "main", "menu", "nav", "ol", "p", "pre", "section", "table",
                       "ul");
constexpr names paragraphs("p");
constexpr names around_paragraphs("button", "table", "td", "th", "caption", "object", "applet",
                                  "marquee", "div", "li", "dd", "blockquote", "section", "article",
                                  "form");

// How far up an element is looked for that ends without an end tag.
constexpr std::size_t furthest = 16;

constexpr std::string_view space = " \t\r\n\f";

class scan
{
public:
    scan(std::string_view page, std::size_t most) : page_(page), most_(most) {}

    std::size_t run()
    {
        while (deepest_ <= most_ && at_ < page_.size())
        {
            at_ = std::min(page_.find('<', at_), page_.size());
            if (page_.substr(at_).starts_with("<!--"))
                at_ = behind("-->", at_ + 4);
            else
                read_tag();
        }
        return deepest_;
    }

private:
    [[nodiscard]] std::size_t behind(std::string_view what, std::size_t from) const
    {
        const std::size_t found = page_.find(what, from);
        return found == std::string_view::npos ? page_.size() : found + what.size();
    }

    void read_tag()
    {
        const bool ends = page_.substr(at_).starts_with("</");
        const std::size_t begin = std::min(at_ + (ends ? 2 : 1), page_.size());
        const std::string_view text = name_at(begin);
        at_ = begin;
        if (text.empty())
            return;
        const name tag = name_of(text);
        const bool closed = skip_attributes(begin + text.size());
        if (ends)
            end(tag);
        else if (raws.contains(tag) && foreign_ == 0)
            skip_raw(tag);
        else if (!voids.contains(tag) && !(closed && foreign_ > 0))
            open(tag);
    }

    [[nodiscard]] std::string_view name_at(std::size_t begin) const
    {
        const std::string_view rest = page_.substr(begin, 64);
        const bool is_letter = !rest.empty() && ((rest[0] >= 'a' && rest[0] <= 'z') ||
                                                 (rest[0] >= 'A' && rest[0] <= 'Z'));
        return is_letter ? rest.substr(0, rest.find_first_of(" \t\r\n\f/>")) : std::string_view();
    }

    // Moves behind the tag; returns whether it closes itself.
    bool skip_attributes(std::size_t begin)
    {
        char quote = 0;
        char last = 0;
        for (at_ = begin; at_ < page_.size(); ++at_)
        {
            const char c = page_[at_];
            if (quote != 0)
                quote = c == quote ? char(0) : quote;
            else if (c == '>')
                break;
            else if ((c == '"' || c == '\'') && last == '=')
                quote = c;
            if (space.find(c) == std::string_view::npos)
                last = c;
        }
        at_ = std::min(at_ + 1, page_.size());
        return last == '/';
    }

    void open(name tag)
    {
        if (items.contains(tag))
            end_one_of(items, around_items);
        else if (terms.contains(tag))
            end_one_of(terms, around_terms);
        else if (choices.contains(tag))
            end_one_of(choices, around_choices);
        else if (cells.contains(tag))
            end_one_of(cells, around_cells);
        else if (rows.contains(tag))
            end_one_of(rows, around_rows);
        else if (bodies.contains(tag))
            end_one_of(bodies, around_bodies);
        if (blocks.contains(tag))
            end_one_of(paragraphs, around_paragraphs);
        open_.push_back(tag);
        foreign_ += foreign.contains(tag) ? 1 : 0;
        deepest_ = std::max(deepest_, open_.size());
    }

    void end_one_of(const auto& ended, const auto& around)
    {
        const std::size_t last = open_.size() - std::min(open_.size(), furthest);
        for (std::size_t i = open_.size(); i > last && !around.contains(open_[i - 1]); --i)
            if (ended.contains(open_[i - 1]))
                return shrink(i - 1);
    }

    void end(name tag)
    {
        const auto found = std::ranges::find(open_.rbegin(), open_.rend(), tag);
        if (found != open_.rend())
            shrink(static_cast<std::size_t>(open_.rend() - found) - 1);
    }

    void shrink(std::size_t count)
    {
        for (; open_.size() > count; open_.pop_back())
            foreign_ -= foreign.contains(open_.back()) ? 1 : 0;
    }

    void skip_raw(name tag)
    {
        while ((at_ = page_.find("</", at_)) != std::string_view::npos)
        {
            const std::string_view text = name_at(at_ + 2);
            if (!text.empty() && name_of(text) == tag)
                return; // the end of nothing that is open
            at_ += 2;
        }
        at_ = page_.size();
    }

    std::string_view page_;
    std::size_t most_;
    std::size_t at_ = 0;
    std::vector<name> open_;
    int foreign_ = 0; // how many of them are drawings or formulas
    std::size_t deepest_ = 0;
};

} // namespace

std::size_t nesting_of(std::string_view page, std::size_t most)
{
    return scan(page, most).run();
}

} // namespace html_package
