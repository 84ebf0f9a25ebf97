// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../lua/expressions.hpp"
#include "../packets/order_to_delete.hpp"
#include "components.hpp"

#include <penstock/sdk.hpp>

#include <cstddef>
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

class map final : public penstock::transformer
{
    penstock::parameter<json::object> fields{
        *this, "fields", penstock::no_default,
        "The fields to set, each with an expression of Lua. In it the names of fields stand for "
        "their values, beside meta and data. All expressions see the packet as it came. What gives "
        "nil deletes its field.",
        penstock::example{json::object{{"total", "price * count"}, {"kind", "'book'"}}}};
    lua::limit_parameters limits{*this};

    void check(penstock::problems& found) const override
    {
        if (fields->empty())
            found.add(fields, "has no members; names of fields with expressions were expected");
        for (const auto& each : *fields)
        {
            const std::string where = "fields/" + escaped(each.key());
            if (each.key().empty())
                found.add(where, "has no name; the name of a field was expected");
            if (const json::string* text = each.value().if_string())
                lua::check_expression(found, where, *text);
            else
                found.add(where, "is no text; an expression of Lua was expected");
        }
    }

    void start() override
    {
        std::vector<std::string> texts;
        for (const auto& each : *fields)
        {
            names_.emplace_back(each.key());
            texts.emplace_back(std::string_view(each.value().as_string()));
        }
        expressions_.emplace(names_, std::move(texts), limits.value());
        expressions_->start();
    }

    void process(penstock::packet& packet) override
    {
        evaluate(packet);
        for (std::size_t n = 0; n < names_.size(); ++n)
            if (values_[n])
                set(packet, names_[n], *values_[n]);
    }

    // What fails of an order to delete has no value: the order has mostly not the fields that
    // expressions ask for, and needs only those that tell what to delete.
    void evaluate(const penstock::packet& packet)
    {
        const bool may_fail = packets::is_order_to_delete(packet);
        values_.assign(names_.size(), std::nullopt);
        const lua::looked_at now(*expressions_, packet);
        for (std::size_t n = 0; n < names_.size(); ++n)
            try
            {
                values_[n] = expressions_->evaluate(n);
            }
            catch (const lua::limit_reached&)
            {
                throw;
            }
            catch (const lua::error&)
            {
                if (!may_fail)
                    throw;
            }
    }

    static void set(penstock::packet& packet, const std::string& name, lua::expression_value& to)
    {
        if (!to.value)
            packet.erase(name);
        else if (to.value->is_array() && !to.is_one_value)
            packet.set_values(name, std::move(to.value->get_array()));
        else
            packet.set(name, std::move(*to.value));
    }

    // RFC 6901, section 3.
    static std::string escaped(std::string_view key)
    {
        std::string text;
        for (const char c : key)
            text += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
        return text;
    }

    std::vector<std::string> names_;
    std::optional<lua::expressions> expressions_;
    std::vector<std::optional<lua::expression_value>> values_; // of the packet, by name
};

} // namespace

extern constinit const penstock::component_entry map_entry = penstock::component_of<map>(
    "map", penstock::category::transformer, "Sets fields to values of expressions of Lua.");

} // namespace fields_package
