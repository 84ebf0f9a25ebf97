// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../packets/clipped.hpp"
#include "../packets/field_names.hpp"
#include "../packets/text_values.hpp"
#include "components.hpp"
#include "guesses.hpp"

#include <penstock/sdk.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace language_package
{
namespace
{

namespace json = penstock::json;

// What of a text is looked at: more tells nothing more.
constexpr std::size_t longest_look = std::size_t{256} << 10;

class detect final : public penstock::transformer
{
    penstock::parameter<std::string> field{*this, "field", "text",
                                           "The field with the text; several values are one text."};
    penstock::parameter<std::string> to{
        *this, "to", "language",
        "The field that gets the code of the language, as en or zh-Hant; of several, all."};
    penstock::parameter<std::uint32_t> most{
        *this, "most", 1, "How many languages of one text are told.", penstock::range{1, 3}};
    penstock::parameter<std::string> share{
        *this, "share", "",
        "The field that gets how much of the text is in it, 0 to 1; none if empty."};
    penstock::parameter<bool> guess{*this, "guess", false,
                                    "Whether a language is told that is not clearly more likely "
                                    "than others, as of a few words."};
    penstock::parameter<std::string> fallback{
        *this, "default", "", "The code when none is told; if empty, there is no field then.",
        penstock::example{"und"}};

    void check(penstock::problems& found) const override
    {
        packets::check_name(found, field);
        packets::check_name(found, to);
    }

    void process(penstock::packet& packet) override
    {
        std::string text;
        packets::visit_texts(packet, *field,
                             [&](std::string_view each)
                             {
                                 text.append(text.empty() ? "" : "\n")
                                     .append(packets::clipped(each, text.size() < longest_look
                                                                        ? longest_look - text.size()
                                                                        : 0));
                                 return text.size() < longest_look;
                             });
        // Its tables of hits are larger than what a fiber has.
        const guesses found = penstock::blocking([&] { return guess_languages(text); });
        json::array codes, shares;
        if (found.is_reliable || *guess)
            for (const language_package::guess& each : found.list)
                if (codes.size() < *most)
                {
                    codes.emplace_back(each.code);
                    shares.emplace_back(each.share);
                }
        if (codes.empty() && !fallback->empty())
            codes.emplace_back(*fallback);
        put(packet, *to, std::move(codes));
        if (!share->empty())
            put(packet, *share, std::move(shares));
    }

    // One language is a value, several are a list; without one there is no field.
    void put(penstock::packet& packet, const std::string& name, json::array values) const
    {
        if (values.empty())
            packet.erase(name);
        else if (*most == 1)
            packet.set(name, std::move(values.front()));
        else
            packet.set_values(name, std::move(values));
    }
};

} // namespace

extern constinit const penstock::component_entry detect_entry = penstock::component_of<detect>(
    "detect", penstock::category::extractor, "Tells the language of texts.");

} // namespace language_package
