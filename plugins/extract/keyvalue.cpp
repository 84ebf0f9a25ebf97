// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../packets/field_names.hpp"
#include "../packets/text_values.hpp"
#include "components.hpp"
#include "pairs.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace extract_package
{
namespace
{

namespace json = penstock::json;

class keyvalue final : public penstock::transformer
{
    penstock::parameter<std::vector<std::string>> fields{
        *this, "fields", {"text"}, "The fields to look into; what is no text is skipped."};
    penstock::parameter<std::string> assign{*this, "assign", "=",
                                            "What stands between a key and its value."};
    penstock::parameter<std::string> between{
        *this, "between", " \t\r\n",
        "Bytes, each of which ends a value that is not quoted. None of them may be in assign."};
    penstock::parameter<std::string> quotes{
        *this, "quotes", "\"'",
        "Bytes, each of which stands around values that have others in them; a backslash there "
        "takes the next byte as it is."};
    penstock::parameter<std::vector<std::string>> keys{
        *this, "keys", {}, "The keys to take; all if empty."};
    penstock::parameter<std::string> prefix{
        *this, "prefix", "",
        "What the name of a field begins with, before the key. Without one, a text may name any "
        "field, and what is there is replaced."};
    penstock::parameter<std::uint32_t> most{*this, "most", 1000, "The most pairs that are taken.",
                                            penstock::range{1, 1'000'000}};

    void check(penstock::problems& found) const override
    {
        packets::check_names(found, fields);
        if (assign->empty())
            found.add(assign, "is empty; a text as = was expected");
        if (assign->find_first_of(*between) != std::string::npos)
            found.add(assign, "has a byte of between; other ones were expected");
        if (between->empty())
            found.add(between, "is empty; bytes between values were expected");
    }

    void start() override { form_ = {*assign, *between, *quotes}; }

    void process(penstock::packet& packet) override
    {
        std::map<std::string, json::array, std::less<>> found;
        std::size_t count = 0;
        for (const std::string& field : *fields)
            packets::visit_texts(packet, field,
                                 [&](std::string_view text)
                                 {
                                     packets::work_on(text,
                                                      [&] { count = find(text, count, found); });
                                     return count < *most;
                                 });
        for (auto& [key, values] : found)
            if (values.size() == 1)
                packet.set(*prefix + key, std::move(values.front()));
            else
                packet.set_values(*prefix + key, std::move(values));
    }

    // Returns how many pairs there are with those that were found before.
    std::size_t find(std::string_view text, std::size_t count,
                     std::map<std::string, json::array, std::less<>>& found) const
    {
        pairs rest(text, form_);
        while (count < *most)
        {
            std::optional<pair> each = rest.next();
            if (!each)
                break;
            if (!keys->empty() && std::ranges::find(*keys, each->key) == keys->end())
                continue;
            found[std::string(each->key)].emplace_back(each->value);
            ++count;
        }
        return count;
    }

    pair_form form_;
};

} // namespace

extern constinit const penstock::component_entry keyvalue_entry = penstock::component_of<keyvalue>(
    "keyvalue", penstock::category::extractor,
    "Takes keys and values out of texts, as user=ann size=\"2 MB\"; each key becomes a field.");

} // namespace extract_package
