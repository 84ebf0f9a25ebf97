// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../packets/field_names.hpp"
#include "../packets/text_values.hpp"
#include "../packets/texts.hpp"
#include "distinct_texts.hpp"

#include <penstock/sdk.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace extract_package
{

/// An extractor that finds texts of a kind in fields, and puts those that differ into another one,
/// which is multi-valued. Without any that field stays as it is.
class finder : public penstock::transformer
{
protected:
    explicit finder(std::string_view to_default)
        : to(*this, "to", std::string(to_default),
             "The field that gets what was found, each once, in order; it is multi-valued. If "
             "nothing is found, it stays as it is.")
    {
    }

    void check(penstock::problems& found) const override
    {
        packets::check_names(found, fields);
        packets::check_name(found, to);
    }

    /// Adds what is found in a text. [the component's own fiber; in the pool for blocking work if
    /// the text is long]
    virtual void find(std::string_view text, distinct_texts& found) = 0;

    void process(penstock::packet& packet) override
    {
        distinct_texts found(*most);
        for (const std::string& field : *fields)
            packets::visit_texts(packet, field,
                                 [&](std::string_view text)
                                 {
                                     packets::work_on(text, [&] { find(text, found); });
                                     return !found.is_full();
                                 });
        packets::set_texts(packet, *to, found.list());
        if (!found.list().empty())
            tell(packet, found.list());
    }

    /// Tells more about what was found, which is in the field `to`.
    virtual void tell(penstock::packet& /*packet*/, const std::vector<std::string>& /*found*/) {}

    penstock::parameter<std::vector<std::string>> fields{
        *this, "fields", {"text"}, "The fields to look into; what is no text is skipped."};
    penstock::parameter<std::string> to;
    penstock::parameter<std::uint32_t> most{*this, "most", 1000, "The most that are found.",
                                            penstock::range{1, 1'000'000}};
};

} // namespace extract_package
