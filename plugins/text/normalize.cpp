// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "normal_form.hpp"

#include "../letters/case_map.hpp"
#include "../packets/field_names.hpp"
#include "../packets/text_values.hpp"

#include <penstock/sdk.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace text_package
{
namespace
{

namespace json = penstock::json;

class normalize final : public penstock::transformer
{
    penstock::parameter<std::vector<std::string>> fields{
        *this,
        "fields",
        {"text"},
        "The fields whose texts are changed; other values stay as they are."};
    penstock::parameter<std::string> form{
        *this, "form", "nfc",
        "The normal form of Unicode: nfc, letters and their marks as one character; nfkc, what "
        "means "
        "the same as the same character too, as ligatures; or none.",
        penstock::choices{"none", "nfc", "nfkc"}};
    penstock::parameter<std::string> case_{
        *this, "case", "keep",
        "Whether letters stay as they are, or those that differ in case alone become the same.",
        penstock::choices{"keep", "fold"}};
    penstock::parameter<std::string> space{*this, "space", "trim",
                                           "What becomes of white space: it stays; none is left at "
                                           "begin and end; or, besides, all that "
                                           "is between two words becomes one blank.",
                                           penstock::choices{"keep", "trim", "collapse"}};

    void check(penstock::problems& found) const override { packets::check_names(found, fields); }

    void start() override
    {
        form_ = *form == "nfc"    ? normal_form::nfc
                : *form == "nfkc" ? normal_form::nfkc
                                  : normal_form::none;
        space_ = *space == "keep"   ? white_space::keep
                 : *space == "trim" ? white_space::trim
                                    : white_space::collapse;
        if (*case_ == "fold")
            penstock::blocking([this] { folding_.emplace(""); });
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
        text = packets::work_on(before, [&] { return with_space(changed(before), space_); });
    }

    // Folding may take a text out of its normal form.
    [[nodiscard]] std::string changed(std::string_view text)
    {
        std::string made = normalized(text, form_);
        if (folding_)
            made = normalized(folding_->convert(made, letters::letter_case::fold), form_);
        return made;
    }

    normal_form form_ = normal_form::nfc;
    white_space space_ = white_space::trim;
    std::optional<letters::case_map> folding_;
};

} // namespace

extern constinit const penstock::component_entry normalize_entry =
    penstock::component_of<normalize>("normalize", penstock::category::transformer,
                                      "Brings texts into a normal form: of Unicode, in the case of "
                                      "letters, in white space.");

} // namespace text_package
