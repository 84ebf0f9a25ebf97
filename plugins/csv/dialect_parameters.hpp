// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "dialect.hpp"

#include <penstock/component.hpp>
#include <penstock/parameter.hpp>
#include <penstock/problems.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace csv_package
{

/// The parameters of a component that tell its dialect.
class dialect_parameters
{
public:
    /// Registers them with the owner, which outlives this.
    explicit dialect_parameters(penstock::component& owner)
        : delimiter{owner,
                    "delimiter",
                    ",",
                    "What stands between values: one ASCII character.",
                    penstock::example{";"},
                    penstock::example{"\t"}},
          quote{owner, "quote", "\"",
                "What a value stands in that has a delimiter or an end of line, doubled within it. "
                "If empty, no value does."},
          comment{owner, "comment", "",
                  "What a line begins with that is no row. If empty, each line is one.",
                  penstock::example{"#"}}
    {
    }

    void check(penstock::problems& found) const
    {
        check_character(found, delimiter);
        if (!quote->empty())
            check_character(found, quote);
        if (!comment->empty())
            check_character(found, comment);
        if (*quote == *delimiter)
            found.add(quote, "is the delimiter; another character was expected");
        if (!comment->empty() && (*comment == *delimiter || *comment == *quote))
            found.add(comment, "is the delimiter or the quote; another character was expected");
    }

    [[nodiscard]] dialect value() const
    {
        return {.delimiter = delimiter->front(),
                .quote = character_of(*quote),
                .comment = character_of(*comment)};
    }

    /// Whether the graph says what the delimiter is.
    [[nodiscard]] bool has_delimiter() const { return delimiter.is_given(); }

private:
    static std::optional<char> character_of(const std::string& text)
    {
        return text.empty() ? std::nullopt : std::optional(text.front());
    }

    static void check_character(penstock::problems& found,
                                const penstock::parameter<std::string>& each)
    {
        const bool is_one = each->size() == 1 && static_cast<unsigned char>(each->front()) < 0x80 &&
                            each->front() != '\n' && each->front() != '\r';
        if (!is_one)
            found.add(each, "is no character that may stand there; one ASCII character that ends "
                            "no line was expected");
    }

    penstock::parameter<std::string> delimiter;
    penstock::parameter<std::string> quote;
    penstock::parameter<std::string> comment;
};

} // namespace csv_package
