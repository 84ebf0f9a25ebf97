// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Bodies of _bulk requests.

#include "target.hpp"

#include "host/api/data/bulk_body.hpp"

namespace penstock::fuzz
{

using namespace host;

std::vector<std::string> seeds()
{
    return {"{\"index\":{\"_index\":\"a\",\"_id\":\"1\"}}\n{\"n\":1}\n",
            "{\"delete\":{\"_id\":2}}\r\n{\"create\":{}}\r\n{\"text\":\"ü\"}\r\n",
            "\xef\xbb\xbf{\"update\":{\"_id\":\"x\",\"version\":3}}\n{\"doc\":{}}\n\n",
            "{\"index\":{\"_type\":\"_doc\",\"routing\":\"r\",\"_id\":null}}\n[1,2]"};
}

void try_input(std::string_view input)
{
    constexpr std::size_t most = 100;
    const auto items = api::read_bulk(input, "usual", {.depth = 16}, most);
    if (!items)
        return hold(!items.error().why().empty(), "a refusal says why");
    hold(!items->empty() && items->size() <= most, "there are items, and not too many");
    for (const api::bulk_item& each : *items)
    {
        hold(!each.index.empty(), "an item has an index");
        hold(!each.deletes() || !each.id.empty(), "what is deleted has an id");
        if (each.deletes() || each.source.empty())
            continue;
        hold(each.source.data() >= input.data() &&
                 each.source.data() + each.source.size() <= input.data() + input.size(),
             "a source is a part of the body");
        hold(each.source.find('\n') == each.source.npos, "a source is one line");
        hold(!each.wrong.empty() ||
                 parse_json(each.source, {.depth = 16, .invalid = invalid_text::replace_surrogates})
                     .is_object(),
             "what is not refused is an object");
    }
}

} // namespace penstock::fuzz
