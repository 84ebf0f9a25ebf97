// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "value_lines.hpp"

#include "../reading/ascii.hpp"

#include <penstock/sdk.hpp>

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace text_package
{
namespace
{

namespace json = penstock::json;

class uniq final : public value_lines
{
    penstock::parameter<std::string> among{
        *this, "among", "neighbours",
        "Whether a value goes that equals the one before it, or any before it.",
        penstock::choices{"neighbours", "all"}};
    penstock::parameter<bool> ignore_case{*this, "ignore_case", false,
                                          "Whether small and capital letters of ASCII are the "
                                          "same."};
    penstock::parameter<std::string> counts{*this, "counts", "",
                                            "A field that gets, for each value that stays, how "
                                            "many it stands for. If empty, none does.",
                                            penstock::example{"counts"}};

    void check(penstock::problems& found) const override
    {
        value_lines::check(found);
        if (!counts->empty() && (*counts == *field || *counts == *to))
            found.add(counts, "is the field of the values; another field was expected");
    }

    bool change(std::vector<json::value>& values) override
    {
        std::vector<json::value> kept;
        numbers_.clear();
        std::map<std::string, std::size_t> seen; // with its place among those kept
        for (json::value& each : values)
        {
            std::string buffer;
            const std::string_view text = text_of(each, buffer);
            // A text that looks like a number is none.
            std::string key = (each.is_string() ? "t" : "v") +
                              (*ignore_case ? reading::lower(text) : std::string(text));
            const auto [found, is_first] = seen.emplace(std::move(key), kept.size());
            if (!is_first)
            {
                ++numbers_[found->second];
                continue;
            }
            if (*among == "neighbours")
                for (auto other = seen.begin(); other != seen.end();)
                    other = other == found ? std::next(other) : seen.erase(other);
            kept.push_back(std::move(each));
            numbers_.push_back(1);
        }
        values = std::move(kept);
        return true;
    }

    void tell(penstock::packet& packet) override
    {
        if (!counts->empty())
            packet.set_values(*counts, json::array(numbers_.begin(), numbers_.end()));
    }

    std::vector<std::size_t> numbers_; // of those kept last
};

} // namespace

extern constinit const penstock::component_entry uniq_entry = penstock::component_of<uniq>(
    "uniq", penstock::category::transformer, "Drops values of a field that it has twice.");

} // namespace text_package
