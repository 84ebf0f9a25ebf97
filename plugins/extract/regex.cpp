// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../matching/expression.hpp"
#include "../packets/field_names.hpp"
#include "../packets/order_to_delete.hpp"
#include "../packets/text_values.hpp"
#include "components.hpp"

#include <penstock/sdk.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace extract_package
{
namespace
{

namespace json = penstock::json;

constexpr std::size_t longest_expression = std::size_t{64} << 10;

class regex final : public penstock::transformer
{
    penstock::parameter<std::vector<std::string>> fields{
        *this, "fields", {"text"}, "The fields to look into; what is no text is skipped."};
    penstock::parameter<std::string> pattern{
        *this, "pattern", penstock::no_default,
        "The expression, as RE2 reads it. What a group (?P<name>…) matches becomes the field of "
        "that name, in place of one that is there.",
        penstock::example{"(?P<user>\\w+) logged in from (?P<address>\\S+)"}};
    penstock::parameter<std::string> matches{
        *this, "matches", "first",
        "Whether fields get what the first match has, or are multi-valued and get what all have.",
        penstock::choices{"first", "all"}};
    penstock::parameter<std::uint32_t> most{*this, "most", 1000, "The most matches that are used.",
                                            penstock::range{1, 1'000'000}};
    penstock::parameter<std::string> on_failure{
        *this, "on_failure", "keep",
        "What becomes of a packet without a match: it fails, or goes on as it is.",
        penstock::choices{"fail", "keep"}};

    void check(penstock::problems& found) const override
    {
        packets::check_names(found, fields);
        if (pattern->size() > longest_expression)
            return found.add(pattern, "has more than 64 KiB; a shorter expression was expected");
        const RE2 expression(*pattern, matching::reading_options());
        if (!expression.ok())
            found.add(pattern,
                      "is no expression: " + expression.error() + "; one of RE2 was expected");
        else if (expression.NamedCapturingGroups().empty())
            found.add(pattern, "has no named group; one as (?P<name>…) was expected");
    }

    void start() override
    {
        expression_ = penstock::shared<RE2>(
            *pattern, [&] { return std::make_unique<RE2>(*pattern, matching::reading_options()); });
        for (const auto& [name, group] : expression_->NamedCapturingGroups())
            groups_.emplace_back(name, static_cast<std::size_t>(group));
    }

    void process(penstock::packet& packet) override
    {
        std::vector<json::array> found(groups_.size());
        std::size_t count = 0;
        const std::size_t limit = *matches == "first" ? 1 : *most;
        for (const std::string& field : *fields)
            packets::visit_texts(packet, field,
                                 [&](std::string_view text)
                                 {
                                     packets::work_on(text, [&]
                                                      { count = find(text, limit, count, found); });
                                     return count < limit;
                                 });
        if (count == 0 && *on_failure == "fail" && !packets::is_order_to_delete(packet))
            throw penstock::field_error("field \"" + fields->front() +
                                        "\": does not match; a text that the pattern matches was "
                                        "expected");
        for (std::size_t n = 0; n < groups_.size(); ++n)
            set(packet, groups_[n].first, std::move(found[n]));
    }

    // Returns how many matches there are with those that were found before.
    std::size_t find(std::string_view text, std::size_t limit, std::size_t count,
                     std::vector<json::array>& found) const
    {
        for (matching::match_iterator each(*expression_, text); count < limit && each.next();
             ++count)
            for (std::size_t n = 0; n < groups_.size(); ++n)
                if (const auto part = each.group(groups_[n].second))
                    found[n].emplace_back(*part);
        return count;
    }

    void set(penstock::packet& packet, const std::string& name, json::array found) const
    {
        if (found.empty())
            return;
        if (*matches == "all")
            packet.set_values(name, std::move(found));
        else
            packet.set(name, std::move(found.front()));
    }

    std::shared_ptr<RE2> expression_;
    std::vector<std::pair<std::string, std::size_t>> groups_; // name and number
};

} // namespace

extern constinit const penstock::component_entry regex_entry = penstock::component_of<regex>(
    "regex", penstock::category::extractor,
    "Takes parts of texts by a regular expression, in time linear to the text.");

} // namespace extract_package
