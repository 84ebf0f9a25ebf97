// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "json_feed.hpp"
#include "xml_feed.hpp"

#include "../packets/texts.hpp"
#include "../reading/media_types.hpp"
#include "../reading/numbering.hpp"
#include "../reading/trigger.hpp"
#include "../xml/encoding.hpp"
#include "../xml/records.hpp"

#include <penstock/detail/utf8.hpp>
#include <penstock/sdk.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace feed_package
{
namespace
{

namespace json = penstock::json;

class read final : public penstock::component
{
    penstock::input in{*this, "in", penstock::required, "Feeds, as they came."};
    penstock::output out{
        *this, "out",
        "One packet for each entry, with the fields title, link, id, author, published, updated, "
        "summary, content, categories and enclosures, as far as it has them, and of the feed meta "
        "feed_type (rss, atom or json), feed_title, feed_link, feed_id, feed_description, "
        "feed_author, feed_language and feed_updated. Dates are in RFC 3339; one that cannot be "
        "read is left out. Links are absolute where the feed tells its own address or a base. "
        "Texts "
        "are as the feed has them, and may be HTML."};
    penstock::parameter<std::string> default_charset{
        *this, "charset", "utf-8",
        "The encoding of feeds that tell theirs neither by media type and byte order mark nor in "
        "the XML declaration."};
    penstock::parameter<std::vector<std::string>> further_types{
        *this, "types", {}, "Further media types to read, as in application/json."};
    penstock::parameter<penstock::byte_count> memory{
        *this, "memory", penstock::byte_count{128 << 20},
        "About how much memory the elements or values of one feed may take.",
        penstock::range{1, 1e12}};
    penstock::accepts types{*this,
                            {"application/rss+xml", "application/atom+xml", "application/rdf+xml",
                             "application/xml", "text/xml", "application/feed+json"},
                            further_types};

    void check(penstock::problems& found) const override
    {
        if (!penstock::is_charset(*default_charset))
            found.add(default_charset, "is no encoding that is known; one as utf-8 was expected");
        reading::check_media_types(found, further_types);
    }

    void run() override
    {
        while (auto packet = in.receive())
        {
            if (reading::is_trigger(*packet))
            {
                out.send(std::move(*packet));
                continue;
            }
            std::string wrong = xml_package::decode(*packet, *default_charset);
            feed found;
            try
            {
                if (wrong.empty())
                    found = read_feed(packet->data().view());
            }
            catch (const std::runtime_error& error)
            {
                wrong = error.what();
            }
            if (wrong.empty())
                send(std::move(*packet), found);
            else
                fail(std::move(*packet), std::move(wrong));
        }
    }

    feed read_feed(std::string_view text) const
    {
        const auto bytes = static_cast<std::size_t>(*memory);
        const std::string_view begin =
            reading::trimmed(penstock::detail::without_mark(text).substr(0, 64));
        return begin.starts_with('{') ? read_json_feed(text, bytes) : read_xml_feed(text, bytes);
    }

    void send(penstock::packet body, const feed& found)
    {
        if (found.entries.empty())
            return drop(std::move(body));
        set_meta(body, "feed_type", found.type);
        set_meta(body, "feed_title", found.title);
        set_meta(body, "feed_link", found.link);
        set_meta(body, "feed_id", found.id);
        set_meta(body, "feed_description", found.description);
        set_meta(body, "feed_language", found.language);
        set_meta(body, "feed_updated", found.updated);
        if (found.authors.size() == 1)
            body.set_meta("feed_author", found.authors.front());
        else if (!found.authors.empty())
            body.set_meta("feed_author", json::array(found.authors.begin(), found.authors.end()));
        reading::numbering entries(body);
        const bool is_only = found.entries.size() == 1;
        for (const entry& each : found.entries)
            send_entry(is_only ? std::move(body) : entries.next(body), each);
    }

    static void set_meta(penstock::packet& packet, std::string_view name, const std::string& text)
    {
        if (!text.empty())
            packet.set_meta(name, text);
    }

    void send_entry(penstock::packet packet, const entry& from)
    {
        packet.set_fields({});
        packet.clear_data();
        packets::set_text(packet, "title", from.title);
        packets::set_text(packet, "link", from.link);
        packets::set_text(packet, "id", from.id);
        packets::set_one_or_more(packet, "author", from.authors);
        packets::set_text(packet, "published", from.published);
        packets::set_text(packet, "updated", from.updated);
        packets::set_text(packet, "summary", from.summary);
        packets::set_text(packet, "content", from.content);
        packets::set_texts(packet, "categories", from.categories);
        packets::set_texts(packet, "enclosures", from.enclosures);
        out.send(std::move(packet));
    }
};

} // namespace

extern constinit const penstock::component_entry read_entry = penstock::component_of<read>(
    "read", penstock::category::adapter,
    "Reads feeds, a packet for each entry: RSS 0.9 to 2.0, Atom, and JSON Feed.");

} // namespace feed_package
