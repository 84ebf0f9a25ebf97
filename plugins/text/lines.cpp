// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "value_lines.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace text_package
{
namespace
{

namespace json = penstock::json;

class lines final : public value_lines
{
    penstock::parameter<std::string> empty{*this, "empty", "keep",
                                           "What becomes of lines without a character.",
                                           penstock::choices{"keep", "drop"}};
    penstock::parameter<std::int64_t> most{*this, "lines", 1'000'000,
                                           "The most lines of a packet; one with more fails.",
                                           penstock::range{1, 1e9}};

    [[nodiscard]] bool makes_several() const override { return true; }

    // The end of a line belongs to it, so a last line that is ended is not followed by an empty one.
    bool change(std::vector<json::value>& values) override
    {
        std::vector<json::value> made;
        for (json::value& each : values)
        {
            const json::string* const text = each.if_string();
            if (text == nullptr)
                add(made, std::move(each));
            else
                add_lines(made, *text);
        }
        values = std::move(made);
        return true;
    }

    void add_lines(std::vector<json::value>& to, std::string_view text) const
    {
        while (!text.empty())
        {
            const std::size_t end = std::min(text.find('\n'), text.size());
            std::string_view line = text.substr(0, end);
            text.remove_prefix(std::min(end + 1, text.size()));
            if (line.ends_with('\r'))
                line.remove_suffix(1);
            if (!line.empty() || *empty == "keep")
                add(to, json::value(line));
        }
    }

    void add(std::vector<json::value>& to, json::value line) const
    {
        if (to.size() == static_cast<std::size_t>(*most))
            throw std::invalid_argument("has more lines than " + std::to_string(*most) +
                                        "; fewer were expected");
        to.push_back(std::move(line));
    }
};

} // namespace

extern constinit const penstock::component_entry lines_entry = penstock::component_of<lines>(
    "lines", penstock::category::transformer, "Cuts texts into lines, each a value of a field.");

} // namespace text_package
