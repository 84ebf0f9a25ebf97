// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "value_lines.hpp"

#include <penstock/sdk.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <re2/re2.h>

namespace text_package
{
namespace
{

namespace json = penstock::json;

class grep final : public value_lines
{
    penstock::parameter<std::string> pattern{*this, "pattern", penstock::no_default,
                                             "What is looked for in each value: a regular "
                                             "expression of RE2, which may be anywhere in it.",
                                             penstock::example{"^error|timed? out"}};
    penstock::parameter<bool> fixed{*this, "fixed", false,
                                    "Whether the pattern is a text that stands for itself."};
    penstock::parameter<bool> ignore_case{*this, "ignore_case", false,
                                          "Whether small and capital letters are the same."};
    penstock::parameter<bool> invert{*this, "invert", false,
                                     "Whether the values stay in which it is not found."};
    penstock::parameter<bool> drops{*this, "drop", true,
                                    "Whether a packet of which no value stays is dropped. If not, "
                                    "it goes on without values."};

    void check(penstock::problems& found) const override
    {
        value_lines::check(found);
        if (const re2::RE2 compiled(*pattern, options()); !compiled.ok())
            found.add(pattern, "is no regular expression: " + compiled.error() +
                                   "; one of RE2 was expected");
    }

    [[nodiscard]] re2::RE2::Options options() const
    {
        re2::RE2::Options options;
        options.set_log_errors(false);
        options.set_literal(*fixed);
        options.set_case_sensitive(!*ignore_case);
        return options;
    }

    void start() override { expression_ = std::make_unique<re2::RE2>(*pattern, options()); }

    bool change(std::vector<json::value>& values) override
    {
        std::erase_if(values,
                      [this](const json::value& each)
                      {
                          const std::string_view text = text_of(each, buffer_);
                          const re2::StringPiece piece(text.data(), text.size());
                          return re2::RE2::PartialMatch(piece, *expression_) == *invert;
                      });
        return !values.empty() || !*drops;
    }

    std::unique_ptr<re2::RE2> expression_;
    std::string buffer_;
};

} // namespace

extern constinit const penstock::component_entry grep_entry = penstock::component_of<grep>(
    "grep", penstock::category::filter, "Keeps the values of a field in which a pattern is found.");

} // namespace text_package
