// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "condition.hpp"

#include "components.hpp"

#include "../reading/ascii.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace route_package
{
namespace
{

namespace json = penstock::json;

class drop final : public penstock::filter
{
    penstock::parameter<std::optional<std::string>> field{*this, "field", std::nullopt,
                                                          "The field to look at, if not when.",
                                                          penstock::example{"kind"}};
    penstock::parameter<std::vector<json::value>> values{
        *this, "values", std::vector<json::value>(),
        "Drops a packet if one of the field's values is spelled as one of these, but for space "
        "around a text. If the list is empty, drops each packet that has the field."};
    condition_parameter when{
        *this, "An expression of Lua, in place of a field. Drops the packets for which it is true: "
               "neither nil nor false nor null."};
    lua::limit_parameters limits{*this};

    void check(penstock::problems& found) const override
    {
        if (field->has_value() == when.is_given())
            found.add(field, when.is_given() ? "is given beside when; one of them was expected"
                                             : "is missing; it or when was expected");
        if (field->has_value() && (*field)->empty())
            found.add(field, "is empty; the name of a field was expected");
        if (!values->empty() && !field->has_value())
            found.add(values, "is given without field; a field was expected");
        when.check(found);
    }

    void start() override
    {
        when.start(limits.value());
        for (const json::value& value : *values)
        {
            if (value.is_null())
                null_wanted_ = true;
            else
                wanted_.push_back(value.is_string()
                                      ? std::string(reading::trimmed(value.get_string()))
                                      : penstock::write_json(value));
        }
    }

    bool keep(const penstock::packet& packet) override
    {
        if (when.is_given())
            return !when.is_true(packet);
        if (const auto text = packet.find_text(**field)) // as most fields have
            return !values->empty() && !is_wanted(reading::trimmed(*text));
        const json::value* found = packet.find(**field);
        if (found == nullptr)
            return true;
        if (values->empty())
            return false;
        if (!found->is_array() || !packet.is_multivalued(**field))
            return !is_wanted(*found);
        const json::array& all = found->get_array();
        return std::none_of(all.begin(), all.end(),
                            [this](const json::value& one) { return is_wanted(one); });
    }

    bool is_wanted(const json::value& found) const
    {
        if (found.is_null())
            return null_wanted_;
        if (found.is_string())
            return is_wanted(reading::trimmed(found.get_string()));
        return is_wanted(std::string_view(penstock::write_json(found)));
    }

    bool is_wanted(std::string_view found) const
    {
        return std::find(wanted_.begin(), wanted_.end(), found) != wanted_.end();
    }

    std::vector<std::string> wanted_; // as they are spelled
    bool null_wanted_ = false;
};

} // namespace

extern constinit const penstock::component_entry drop_entry = penstock::component_of<drop>(
    "drop", penstock::category::filter, "Drops packets by the values of a field, or a condition.");

} // namespace route_package
