// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "value_lines.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace text_package
{
namespace
{

namespace json = penstock::json;

struct part_range
{
    std::size_t first; // counted from 1
    std::size_t last;
};

// `3`, `2-4`, `-2` or `3-`.
std::optional<part_range> range_in(std::string_view text)
{
    const auto number_in = [](std::string_view part) -> std::optional<std::size_t>
    {
        std::size_t number = 0;
        const char* const end = part.data() + part.size();
        const auto [stop, error] = std::from_chars(part.data(), end, number);
        if (error != std::errc() || stop != end || number == 0)
            return std::nullopt;
        return number;
    };
    const std::size_t dash = text.find('-');
    const std::string_view begin = text.substr(0, dash);
    const std::string_view end = dash == std::string_view::npos ? begin : text.substr(dash + 1);
    if (begin.empty() && end.empty())
        return std::nullopt;
    const auto first = begin.empty() ? std::optional<std::size_t>(1) : number_in(begin);
    const auto last =
        end.empty() ? std::optional(std::numeric_limits<std::size_t>::max()) : number_in(end);
    if (!first || !last || *last < *first)
        return std::nullopt;
    return part_range{*first, *last};
}

class cut final : public value_lines
{
    penstock::parameter<std::vector<std::string>> parts{
        *this, "parts", penstock::no_default,
        "The parts to keep, in this order, counted from 1: 3, 2-4, -2 or 3-. Those that a value "
        "has not are left out.",
        penstock::example{json::array{"1", "3-"}}};
    penstock::parameter<std::string> delimiter{*this, "delimiter", "\t",
                                               "What stands between the parts of a value.",
                                               penstock::example{","}};
    penstock::parameter<std::string> join{
        *this, "join", "", "What stands between those that stay. If empty, it is the delimiter."};

    void check(penstock::problems& found) const override
    {
        value_lines::check(found);
        if (delimiter->empty())
            found.add(delimiter, "is empty; a text was expected");
        if (parts->empty())
            found.add(parts, "is empty; at least one part was expected");
        for (const std::string& each : *parts)
            if (!range_in(each))
                found.add(parts, "has \"" + each + "\"; 3, 2-4, -2 or 3- was expected");
    }

    void start() override
    {
        for (const std::string& each : *parts)
            ranges_.push_back(*range_in(each));
    }

    bool change(std::vector<json::value>& values) override
    {
        for (json::value& each : values)
            if (const json::string* const text = each.if_string())
                each = json::value(std::string_view(cut_out(*text)));
        return true;
    }

    std::string cut_out(std::string_view text) const
    {
        std::vector<std::string_view> all;
        for (std::size_t begin = 0; begin <= text.size();)
        {
            const std::size_t end = std::min(text.find(*delimiter, begin), text.size());
            all.push_back(text.substr(begin, end - begin));
            begin = end == text.size() ? end + 1 : end + delimiter->size();
        }
        std::string made;
        bool is_first = true;
        for (const part_range& range : ranges_)
            for (std::size_t n = range.first; n <= std::min(range.last, all.size()); ++n)
            {
                if (!is_first)
                    made += join->empty() ? *delimiter : *join;
                is_first = false;
                made += all[n - 1];
            }
        return made;
    }

    std::vector<part_range> ranges_;
};

} // namespace

extern constinit const penstock::component_entry cut_entry =
    penstock::component_of<cut>("cut", penstock::category::transformer,
                                "Keeps parts of texts that have a delimiter between "
                                "them.");

} // namespace text_package
