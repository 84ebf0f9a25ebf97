// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../letters/case_map.hpp"
#include "../packets/field_names.hpp"
#include "../packets/text_values.hpp"
#include "components.hpp"

#include <penstock/sdk.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fields_package
{
namespace
{

namespace json = penstock::json;

// Named with an underscore because the plain word is taken by the language.
class case_ final : public penstock::transformer
{
    penstock::parameter<std::vector<std::string>> fields{
        *this, "fields", penstock::no_default,
        "The fields whose texts are changed; other values stay as they are."};
    penstock::parameter<std::string> to{
        *this, "to", "lower",
        "Whether letters become small, capitals, or capitals at the begin of each word alone.",
        penstock::choices{"lower", "upper", "title"}};
    penstock::parameter<std::string> language{
        *this, "language", "",
        "The language whose rules are used, where one has its own: tr, nl. If empty, none.",
        penstock::example{"tr"}};

    void check(penstock::problems& found) const override { packets::check_names(found, fields); }

    void start() override
    {
        to_ = *to == "lower"   ? letters::letter_case::lower
              : *to == "upper" ? letters::letter_case::upper
                               : letters::letter_case::title;
        penstock::blocking([this] { map_.emplace(*language); });
    }

    void process(penstock::packet& packet) override
    {
        for (const std::string& field : *fields)
            packets::change_values(packet, field,
                                   [this](json::value& value)
                                   {
                                       if (value.is_string())
                                           change(value.get_string());
                                       return true;
                                   });
    }

    void change(json::string& text)
    {
        const std::string_view before = text;
        text = packets::work_on(before, [&] { return map_->convert(before, to_); });
    }

    letters::letter_case to_ = letters::letter_case::lower;
    std::optional<letters::case_map> map_;
};

} // namespace

extern constinit const penstock::component_entry case_entry =
    penstock::component_of<case_>("case", penstock::category::transformer,
                                  "Changes the case of letters: small, capitals, or titles.");

} // namespace fields_package
