// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The readers of feeds in plugins/feed.

#include "plugins/feed/dates.hpp"
#include "plugins/feed/json_feed.hpp"
#include "plugins/feed/xml_feed.hpp"
#include "plugins/xml/records.hpp"
#include "target.hpp"

#include <penstock/json.hpp>

namespace penstock::fuzz
{

namespace
{

using namespace feed_package;

void check_date(const std::string& date)
{
    hold(date.empty() || rfc3339_of(date) == date, "a date is one that can be read again");
}

void check(const feed& read)
{
    hold(!read.type.empty(), "a feed has a type");
    check_date(read.updated);
    for (const entry& each : read.entries)
    {
        check_date(each.published);
        check_date(each.updated);
        for (const std::string& category : each.categories)
            hold(!category.empty(), "a category has a name");
        for (const std::string& link : each.enclosures)
            hold(!link.empty(), "an enclosure has a link");
    }
}

} // namespace

std::vector<std::string> seeds()
{
    return {"<rss><channel><link>http://a/</link><item><title>t</title><link>b</link><guid>g</guid>"
            "<pubDate>Sat, 07 Sep 2002 00:00:01 GMT</pubDate><category>c</category>"
            "<enclosure url='e'/></item></channel></rss>",
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://a/'><entry xml:base='b/'>"
            "<link href='c'/><updated>2003-12-13T18:30:02.25+01:00</updated><content type='xhtml'>"
            "<div xmlns='http://www.w3.org/1999/xhtml'><p>x</p></div></content></entry></feed>",
            "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
            "xmlns='http://purl.org/rss/1.0/'><item r:about='x'/></r:RDF>",
            R"({"version":"https://jsonfeed.org/version/1.1","feed_url":"http://a/",
                "items":[{"id":1,"url":"b","tags":["t"],"attachments":[{"url":"c"}]}]})",
            "7 Sep 02 9:42 EST",
            "2003-12-13t18:30z"};
}

void try_input(std::string_view input)
{
    try
    {
        check(read_xml_feed(input, 1 << 16));
    }
    catch (const feed_error&)
    {
    }
    catch (const xml_package::xml_error&)
    {
    }
    try
    {
        check(read_json_feed(input, 1 << 16));
    }
    catch (const feed_error&)
    {
    }
    catch (const json_error&)
    {
    }
    check_date(rfc3339_of(input));
}

} // namespace penstock::fuzz
