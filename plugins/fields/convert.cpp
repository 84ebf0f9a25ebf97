// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../packets/order_to_delete.hpp"
#include "../packets/text_values.hpp"
#include "components.hpp"
#include "conversion.hpp"

#include <penstock/sdk.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fields_package
{
namespace
{

namespace json = penstock::json;

std::optional<value_type> type_of(const json::value& name)
{
    if (name == "integer")
        return value_type::integer;
    if (name == "number")
        return value_type::number;
    if (name == "boolean")
        return value_type::boolean;
    if (name == "text")
        return value_type::text;
    return std::nullopt;
}

class convert final : public penstock::transformer
{
    penstock::parameter<json::object> fields{
        *this, "fields", penstock::no_default,
        "The fields to convert, each with its type: integer (of 64 bits), number, boolean or text. "
        "Of several values each is converted; null stays null.",
        penstock::example{json::object{{"price", "number"}, {"count", "integer"}}}};
    penstock::parameter<std::string> on_failure{
        *this, "on_failure", "fail",
        "What becomes of a value that is none of its type: its packet fails, it stays as it is, or "
        "it is removed, and its field with the last one.",
        penstock::choices{"fail", "keep", "remove"}};

    void check(penstock::problems& found) const override
    {
        if (fields->empty())
            found.add(fields, "has no members; names of fields with types were expected");
        for (const auto& each : *fields)
            if (each.key().empty() || !type_of(each.value()))
                found.add(fields, "has \"" + std::string(each.key()) +
                                      "\" with no type; integer, number, boolean or text was "
                                      "expected");
    }

    void start() override
    {
        for (const auto& each : *fields)
            types_.emplace_back(each.key(), *type_of(each.value()));
    }

    void process(penstock::packet& packet) override
    {
        const bool may_fail = *on_failure == "fail" && !packets::is_order_to_delete(packet);
        for (const auto& [field, type] : types_)
            packets::change_values(
                packet, field,
                [&, type = type, &field = field](json::value& value)
                {
                    std::optional<json::value> made = converted(value, type);
                    if (made)
                        value = std::move(*made);
                    else if (may_fail)
                        throw penstock::field_error(
                            "field \"" + field + "\": has a " +
                            std::string(std::string_view(json::to_string(value.kind()))) +
                            " that is no " +
                            std::string(std::string_view(fields->at(field).as_string())) +
                            "; a value of that type was expected");
                    return made || *on_failure != "remove";
                });
    }

    std::vector<std::pair<std::string, value_type>> types_;
};

} // namespace

extern constinit const penstock::component_entry convert_entry = penstock::component_of<convert>(
    "convert", penstock::category::transformer,
    "Converts values of fields to integers, numbers, booleans or texts.");

} // namespace fields_package
