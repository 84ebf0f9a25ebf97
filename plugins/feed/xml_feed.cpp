// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "xml_feed.hpp"

#include "dates.hpp"
#include "distinct_texts.hpp"

#include "../curl/url.hpp"
#include "../reading/ascii.hpp"
#include "../xml/node_text.hpp"
#include "../xml/records.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <iterator>
#include <sstream>
#include <utility>

namespace feed_package
{

namespace
{

using pugi::xml_node;

struct known_space
{
    std::string_view uri;
    std::string_view prefix;
};

// What elements of these are called here, whatever their prefix in the feed.
constexpr std::array spaces{
    known_space{"", ""},
    known_space{"http://purl.org/rss/1.0/", ""},
    known_space{"http://my.netscape.com/rdf/simple/0.9/", ""},
    known_space{"http://channel.netscape.com/rdf/simple/0.9/", ""},
    known_space{"http://backend.userland.com/rss2", ""},
    known_space{"http://blogs.law.harvard.edu/tech/rss", ""},
    known_space{"http://www.w3.org/1999/xhtml", ""},
    known_space{"http://www.w3.org/2005/Atom", "atom:"},
    known_space{"http://purl.org/atom/ns#", "atom:"}, // 0.3
    known_space{"http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf:"},
    known_space{"http://purl.org/dc/elements/1.1/", "dc:"},
    known_space{"http://purl.org/dc/terms/", "dcterms:"},
    known_space{"http://purl.org/rss/1.0/modules/content/", "content:"},
    known_space{"http://search.yahoo.com/mrss/", "media:"},
    known_space{"http://www.itunes.com/dtds/podcast-1.0.dtd", "itunes:"},
    known_space{"http://www.w3.org/XML/1998/namespace", "xml:"},
};

std::string name_of(std::string_view space, std::string_view local)
{
    const auto* const found = std::ranges::find(spaces, space, &known_space::uri);
    return std::string(found == spaces.end() ? "other:" : found->prefix).append(local);
}

std::string trimmed(const std::string& text)
{
    return std::string(reading::trimmed(text));
}

std::string text_of(xml_node node)
{
    return node ? trimmed(xml_package::text_in(node)) : std::string();
}

// The first of the children that has text.
std::string text_in(xml_node parent, std::initializer_list<const char*> names)
{
    for (const char* const name : names)
        for (const xml_node each : parent.children(name))
            if (std::string text = text_of(each); !text.empty())
                return text;
    return {};
}

std::vector<std::string> texts_in(xml_node parent, std::initializer_list<const char*> names)
{
    distinct_texts texts;
    for (const char* const name : names)
        for (const xml_node each : parent.children(name))
            texts.add(text_of(each));
    return texts.take();
}

std::string date_in(xml_node parent, std::initializer_list<const char*> names)
{
    for (const char* const name : names)
        for (const xml_node each : parent.children(name))
            if (std::string date = rfc3339_of(text_of(each)); !date.empty())
                return date;
    return {};
}

// What is in an element, as XML.
std::string content_of(xml_node element)
{
    std::ostringstream out;
    for (const xml_node each : element.children())
        each.print(out, "", pugi::format_raw | pugi::format_no_declaration);
    return trimmed(out.str());
}

// A text of Atom, which may be XHTML in an element of its own (RFC 4287, 3.1).
std::string atom_text(xml_node node)
{
    const std::string type = node.attribute("type").value();
    const std::string mode = node.attribute("mode").value(); // of Atom 0.3
    if (type == "xhtml" || (type == "application/xhtml+xml" && mode != "escaped"))
    {
        const xml_node div = node.child("div");
        return content_of(div ? div : node);
    }
    if (type.ends_with("+xml") || type.ends_with("/xml"))
        return content_of(node);
    return text_of(node);
}

// Links relative to the feed, or to what xml:base says (RFC 4287, 2; XML Base).
class bases
{
public:
    explicit bases(std::string of_feed) : of_feed_(std::move(of_feed)) {}

    [[nodiscard]] std::string link_at(xml_node node, const std::string& link) const
    {
        return link.empty() ? link : curl::resolved(base_of(node), link);
    }

private:
    [[nodiscard]] std::string base_of(xml_node node) const
    {
        std::vector<std::string> told;
        for (; node; node = node.parent())
            if (const pugi::xml_attribute base = node.attribute("xml:base"))
                told.push_back(trimmed(base.value()));
        std::string base = of_feed_;
        for (auto each = told.rbegin(); each != told.rend(); ++each)
            base = curl::resolved(base, *each);
        return base;
    }

    std::string of_feed_;
};

bool is_link(xml_node link, std::string_view relation)
{
    const std::string_view told = link.attribute("rel").value();
    return told == relation || (relation == "alternate" && told.empty());
}

// The first link of a relation; a page, if there is one.
xml_node link_in(xml_node parent, std::string_view relation)
{
    xml_node found;
    for (const xml_node each : parent.children("atom:link"))
    {
        if (!is_link(each, relation) || each.attribute("href").empty())
            continue;
        const std::string_view type = each.attribute("type").value();
        if (type.empty() || type == "text/html" || type == "application/xhtml+xml")
            return each;
        if (!found)
            found = each;
    }
    return found;
}

std::string href_of(xml_node link)
{
    return trimmed(link.attribute("href").value());
}

std::vector<std::string> atom_people(xml_node parent)
{
    std::vector<std::string> people;
    for (const xml_node each : parent.children("atom:author"))
    {
        std::string name = text_in(each, {"atom:name", "atom:email", "atom:uri", "atom:url"});
        if (name.empty() && !each.first_child().first_child())
            name = text_of(each);
        if (!name.empty())
            people.push_back(std::move(name));
    }
    return people;
}

entry read_atom_entry(xml_node from, const bases& links, const std::vector<std::string>& authors)
{
    entry read;
    read.title = atom_text(from.child("atom:title"));
    const xml_node link = link_in(from, "alternate");
    read.link = links.link_at(link, href_of(link));
    read.id = text_in(from, {"atom:id"});
    read.authors = atom_people(from);
    if (read.authors.empty())
        read.authors = atom_people(from.child("atom:source"));
    if (read.authors.empty())
        read.authors = authors;
    read.published = date_in(from, {"atom:published", "atom:issued", "atom:created"});
    read.updated = date_in(from, {"atom:updated", "atom:modified"});
    read.summary = atom_text(from.child("atom:summary"));
    const xml_node content = from.child("atom:content");
    read.content = atom_text(content);
    if (read.link.empty())
        read.link = links.link_at(content, trimmed(content.attribute("src").value()));
    for (const xml_node each : from.children("atom:category"))
    {
        const char* const label = each.attribute("label").value();
        const std::string text = trimmed(*label == '\0' ? each.attribute("term").value() : label);
        if (!text.empty())
            read.categories.push_back(text);
    }
    for (const xml_node each : from.children("atom:link"))
        if (is_link(each, "enclosure") && !href_of(each).empty())
            read.enclosures.push_back(links.link_at(each, href_of(each)));
    return read;
}

feed read_atom(xml_node root)
{
    feed read;
    read.type = "atom";
    const std::string self = href_of(link_in(root, "self"));
    const xml_node page = link_in(root, "alternate");
    const bases links(self.empty() ? href_of(page) : self);
    if (std::string_view(root.name()) == "atom:entry")
    {
        read.entries.push_back(read_atom_entry(root, links, {}));
        return read;
    }
    read.title = atom_text(root.child("atom:title"));
    read.link = links.link_at(page, href_of(page));
    read.id = text_in(root, {"atom:id"});
    read.description = atom_text(root.child("atom:subtitle"));
    if (read.description.empty())
        read.description = atom_text(root.child("atom:tagline"));
    read.authors = atom_people(root);
    read.language = root.attribute("xml:lang").value();
    read.updated = date_in(root, {"atom:updated", "atom:modified"});
    for (const xml_node each : root.children("atom:entry"))
        read.entries.push_back(read_atom_entry(each, links, read.authors));
    return read;
}

std::string link_of_item(xml_node item, const bases& links)
{
    for (const xml_node each : item.children("link"))
        if (const std::string text = text_of(each); !text.empty())
            return links.link_at(each, text);
    const xml_node link = link_in(item, "alternate");
    if (link)
        return links.link_at(link, href_of(link));
    const xml_node guid = item.child("guid");
    const std::string text = text_of(guid);
    const bool is_link = std::string_view(guid.attribute("isPermaLink").value()) != "false" &&
                         (text.starts_with("http://") || text.starts_with("https://"));
    return is_link ? text : std::string();
}

entry read_item(xml_node from, const bases& links)
{
    entry read;
    read.title = text_in(from, {"title", "dc:title", "media:title"});
    read.link = link_of_item(from, links);
    read.id = text_in(from, {"guid", "atom:id", "dc:identifier"});
    if (read.id.empty())
        read.id = from.attribute("rdf:about").value();
    read.authors = texts_in(from, {"author", "dc:creator"});
    if (read.authors.empty())
        read.authors = atom_people(from);
    if (read.authors.empty())
        read.authors = texts_in(from, {"itunes:author"});
    read.published = date_in(
        from, {"pubDate", "dc:date", "dcterms:issued", "dcterms:created", "atom:published"});
    read.updated = date_in(from, {"dcterms:modified", "atom:updated"});
    read.summary = text_in(from, {"description", "dc:description", "dcterms:abstract",
                                  "itunes:summary", "atom:summary"});
    read.content = text_in(from, {"content:encoded"});
    if (const xml_node body = from.child("body"); body && read.content.empty()) // XHTML
        read.content = content_of(body);
    read.categories = texts_in(from, {"category", "dc:subject"});
    distinct_texts enclosures;
    for (const char* const name : {"enclosure", "media:content"})
        for (const xml_node each : from.children(name))
            if (const std::string link = trimmed(each.attribute("url").value()); !link.empty())
                enclosures.add(links.link_at(each, link));
    read.enclosures = enclosures.take();
    return read;
}

feed read_rss(xml_node root)
{
    feed read;
    read.type = "rss";
    const xml_node channel = root.child("channel");
    const std::string page = text_in(channel, {"link"});
    const std::string self = href_of(link_in(channel, "self"));
    const bases links(page.empty() ? self : page);
    read.title = text_in(channel, {"title", "dc:title"});
    read.link = links.link_at(channel, page);
    read.id = channel.attribute("rdf:about").value();
    read.description = text_in(channel, {"description", "dc:description", "itunes:summary"});
    read.authors = texts_in(channel, {"managingEditor", "dc:creator", "itunes:author"});
    read.language = text_in(channel, {"language", "dc:language"});
    read.updated = date_in(channel, {"lastBuildDate", "pubDate", "dc:date"});
    for (const xml_node parent : {channel, root}) // in RSS 0.9 and 1.0 beside the channel
        for (const xml_node each : parent.children("item"))
            read.entries.push_back(read_item(each, links));
    return read;
}

} // namespace

feed read_xml_feed(std::string_view text, std::size_t memory)
{
    const xml_package::reading_options how{.is_record = [](const std::vector<std::string>& names)
                                           { return names.size() == 1; },
                                           .bounds = {.depth = 128, .memory = memory},
                                           .name_of = name_of};
    xml_package::records document(text, how);
    (void)document.next();
    (void)document.next(); // what is behind the outermost element may be wrong
    const xml_node root = document.element();
    const std::string_view name = root.name();
    if (name == "atom:feed" || name == "atom:entry")
        return read_atom(root);
    if (name == "rss" || name == "rdf:RDF")
        return read_rss(root);
    throw feed_error("the outermost element is " + std::string(name) +
                     "; rss, rdf:RDF, or feed or entry of Atom was expected");
}

} // namespace feed_package
