// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "windows.hpp"

#include "../packets/document_id.hpp"
#include "../packets/fnv1a.hpp"
#include "../packets/order_to_delete.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace text_package
{
namespace
{

namespace json = penstock::json;

// A text that is longer is cut on another thread, some windows at a time.
constexpr std::size_t longest_at_once = std::size_t{16} << 10;
constexpr std::size_t windows_at_a_time = 256;
constexpr std::int64_t longest_text = std::int64_t{1} << 30;

std::string quoted(const std::string& field)
{
    return "field \"" + field + '"';
}

// The text of a field; that of several values has an empty line between two of them.
std::string text_of(const penstock::packet& packet, const std::string& field)
{
    if (!packet.is_multivalued(field))
        return packet.text(field);
    std::string text;
    for (const json::value& each : packet.values(field))
    {
        if (!each.is_string())
            throw penstock::field_error(quoted(field) +
                                        ": has a value that is no text; texts were expected");
        text.append(text.empty() ? "" : "\n\n").append(std::string_view(each.get_string()));
    }
    return text;
}

class chunk final : public penstock::component
{
    penstock::input in{
        *this, "in", penstock::required,
        "Packets with a text. One without any field, and an order to delete, goes on "
        "as it is, and one of white space alone is dropped."};
    penstock::output out{*this, "out",
                         "One packet for each chunk, with all other fields and, in meta, parent, "
                         "chunk (from 1), offset (in characters), version (of the text, unless "
                         "there is one) and the id PARENT.CHUNK."};
    penstock::parameter<std::string> field{
        *this, "field", "text",
        "The field with the text. Of several values each is a paragraph of its own."};
    penstock::parameter<std::string> to{*this, "to", "text", "The field that gets the chunk."};
    penstock::parameter<std::string> unit_name{*this, "unit", "words", "What sizes are counted in.",
                                               penstock::choices{"words", "characters"}};
    penstock::parameter<std::uint32_t> size{*this, "size", 200, "The most units of a chunk.",
                                            penstock::range{1, 1'000'000}};
    penstock::parameter<std::uint32_t> overlap{
        *this, "overlap", 0,
        "How many units at the end of a chunk are repeated at the begin of the next.",
        penstock::range{0, 999'999}};
    penstock::parameter<penstock::byte_count> limit{
        *this, "limit", penstock::byte_count{8 << 20}, "The longest text that is cut.",
        penstock::range{0, static_cast<double>(longest_text)}};

    void check(penstock::problems& found) const override
    {
        if (field->empty())
            found.add(field, "is empty; the name of a field was expected");
        if (to->empty())
            found.add(to, "is empty; the name of a field was expected");
        if (*overlap >= *size)
            found.add(overlap, "is not less than size; at most " + std::to_string(*size - 1) +
                                   " was expected");
    }

    void run() override
    {
        while (auto packet = in.receive())
        {
            std::string text;
            std::string wrong;
            if (packet->field_count() == 0 || packets::is_order_to_delete(*packet))
            {
                out.send(std::move(*packet));
                continue;
            }
            try
            {
                text = penstock::to_utf8(text_of(*packet, *field), "utf-8");
                if (text.size() > static_cast<std::size_t>(*limit))
                    wrong = quoted(*field) + ": has " + std::to_string(text.size()) +
                            " bytes; at most " + std::to_string(static_cast<std::size_t>(*limit)) +
                            " were expected";
            }
            catch (const penstock::field_error& error)
            {
                wrong = error.what();
            }
            catch (const penstock::charset_error& error)
            {
                wrong = quoted(*field) + ": " + error.what();
            }
            if (wrong.empty())
                cut(std::move(*packet), text);
            else
                fail(std::move(*packet), std::move(wrong));
        }
    }

    void cut(penstock::packet packet, const std::string& text)
    {
        windows rest(text, {.size = *size,
                            .overlap = *overlap,
                            .measure = *unit_name == "words" ? unit::words : unit::characters});
        const std::string parent = packets::document_id(packet);
        packet.set(*field, ""); // what each chunk would hold otherwise
        packet.rename(*field, *to);
        packet.set_meta("parent", parent);
        if (!packet.has_meta("version"))
            packet.set_meta("version", version_of(text));
        std::int64_t number = 0;
        for (std::vector<window> found = some_of(rest, text); !found.empty();
             found = some_of(rest, text))
            for (const window& each : found)
            {
                penstock::packet made = packet.clone();
                made.set(*to, each.text);
                made.set_meta("id", parent + "." + std::to_string(++number));
                made.set_meta("chunk", number);
                made.set_meta("offset", static_cast<std::int64_t>(each.offset));
                out.send(std::move(made));
            }
        if (number == 0)
            drop(std::move(packet));
    }

    // What chunks of another text, or of another size, do not have.
    [[nodiscard]] std::string version_of(std::string_view text) const
    {
        const std::string how =
            *unit_name + ' ' + std::to_string(*size) + ' ' + std::to_string(*overlap);
        return std::to_string(packets::fnv1a(text, packets::fnv1a(how)));
    }

    static std::vector<window> some_of(windows& rest, std::string_view text)
    {
        const auto take = [&]
        {
            std::vector<window> found;
            while (found.size() < windows_at_a_time)
                if (const std::optional<window> next = rest.next())
                    found.push_back(*next);
                else
                    break;
            return found;
        };
        return text.size() > longest_at_once ? penstock::blocking(take) : take();
    }
};

} // namespace

extern constinit const penstock::component_entry chunk_entry = penstock::component_of<chunk>(
    "chunk", penstock::category::op,
    "Cuts texts into chunks of some words or characters, at ends of paragraphs or sentences.");

} // namespace text_package
