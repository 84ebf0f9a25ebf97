// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "charset.hpp"
#include "components.hpp"
#include "page.hpp"

#include "../packets/texts.hpp"
#include "../reading/guess.hpp"
#include "../reading/trigger.hpp"

#include <penstock/sdk.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace html_package
{
namespace
{

namespace json = penstock::json;

class read final : public penstock::component
{
    penstock::input in{*this, "in", penstock::required, "Pages, as they came."};
    penstock::output out{
        *this, "out",
        "One packet for each page, with the fields title, text, headings, links, "
        "description and language; those of what the page lacks are absent, but for text."};
    penstock::accepts types{*this, {"text/html", "application/xhtml+xml"}};
    penstock::parameter<std::string> default_charset{
        *this, "charset", "utf-8",
        "The encoding of pages that tell theirs neither by media type and byte order mark nor in a "
        "meta element."};
    penstock::parameter<bool> guesses{*this, "guess", false,
                                      "Whether the encoding of such pages is guessed from their "
                                      "bytes. Then charset is that of those which "
                                      "look like nothing known."};
    penstock::parameter<std::uint32_t> depth{
        *this, "depth", 512, "How deep elements may be nested.", penstock::range{1, 512}};
    penstock::parameter<penstock::byte_count> limit{*this, "limit", penstock::byte_count{16 << 20},
                                                    "The largest page that is read."};
    penstock::parameter<penstock::byte_count> memory{
        *this, "memory", penstock::byte_count{128 << 20},
        "How much memory the elements of one page may take."};
    penstock::parameter<std::chrono::milliseconds> time{
        *this, "timeout", std::chrono::seconds(1),
        "How long a processor may work to find the elements of one page.",
        penstock::range{1, 3'600'000}};

    void check(penstock::problems& found) const override
    {
        if (!penstock::is_charset(*default_charset))
            found.add(default_charset, "is no encoding that is known; one as utf-8 was expected");
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
            page found;
            std::string wrong;
            try
            {
                const penstock::bytes data = packet->data();
                const std::string charset = charset_of(*packet);
                found = penstock::blocking([&] { return read_body(data.view(), charset); });
            }
            catch (const page_error& error)
            {
                wrong = error.what();
            }
            catch (const penstock::charset_error& error)
            {
                wrong = error.what();
            }
            if (wrong.empty())
                send(std::move(*packet), std::move(found));
            else
                fail(std::move(*packet), std::move(wrong));
        }
    }

    [[nodiscard]] std::string charset_of(const penstock::packet& packet) const
    {
        const std::string_view data = packet.data().view();
        const auto named = packet.meta_text("charset");
        const std::string charset =
            penstock::charset_of(data, named ? *named : std::string_view(declared_charset(data)));
        if (!charset.empty() || !*guesses)
            return charset.empty() ? *default_charset : charset;
        return penstock::blocking([&] { return reading::guessed_charset(data, *default_charset); });
    }

    [[nodiscard]] page read_body(std::string_view body, const std::string& charset) const
    {
        if (body.size() > static_cast<std::size_t>(*limit))
            throw page_error("has " + std::to_string(body.size()) + " bytes; at most " +
                             std::to_string(static_cast<std::size_t>(*limit)) + " were expected");
        return read_page(
            penstock::to_utf8(body, charset),
            {.depth = *depth, .memory = static_cast<std::size_t>(*memory), .time = *time});
    }

    void send(penstock::packet packet, page found)
    {
        packets::set_text(packet, "title", found.title);
        packet.set("text", found.text);
        packets::set_texts(packet, "headings", found.headings);
        packets::set_texts(packet, "links", found.links);
        packets::set_text(packet, "description", found.description);
        packets::set_text(packet, "language", found.language);
        packet.clear_data();
        out.send(std::move(packet));
    }
};

} // namespace

extern constinit const penstock::component_entry read_entry = penstock::component_of<read>(
    "read", penstock::category::adapter,
    "Reads web pages: title, text, headings, links, description and language.");

} // namespace html_package
