// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "dotted.hpp"

#include "../packets/order_to_delete.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fields_package
{
namespace
{

namespace json = penstock::json;

class flatten final : public penstock::transformer
{
    penstock::parameter<std::vector<std::string>> fields{
        *this,
        "fields",
        {},
        "The fields to take apart or, to nest, the names that fields begin with, before the first "
        "separator; all if empty."};
    penstock::parameter<std::string> direction{
        *this, "direction", "flatten",
        "Whether objects become fields, of which names are put together, or such fields become "
        "objects.",
        penstock::choices{"flatten", "nest"}};
    penstock::parameter<std::string> separator{*this, "separator", ".",
                                               "What stands between the parts of a name."};

    void check(penstock::problems& found) const override
    {
        if (separator->empty())
            found.add(separator, "is empty; a text as . was expected");
    }

    [[nodiscard]] bool is_wanted(std::string_view name) const
    {
        return fields->empty() || std::ranges::find(*fields, name) != fields->end();
    }

    void process(penstock::packet& packet) override
    {
        try
        {
            if (*direction == "flatten")
                take_apart(packet);
            else
                put_together(packet);
        }
        catch (const penstock::field_error&)
        {
            if (!packets::is_order_to_delete(packet))
                throw;
        }
    }

    // An object within a list stays: a list has no names. An empty one stays as well.
    // Nothing is changed before all of it is known to go.
    void take_apart(penstock::packet& packet) const
    {
        std::set<std::string> taken;
        for (const std::string& name : packet.names())
            if (const json::value* const value = packet.find(name);
                is_wanted(name) && !packet.is_multivalued(name) && value->is_object() &&
                !value->get_object().empty())
                taken.insert(name);
        std::vector<dotted> parts;
        std::set<std::string> known;
        for (const std::string& name : packet.names())
        {
            if (!taken.contains(name))
                continue;
            for (dotted& each : flattened(name, packet.find(name)->get_object(), *separator))
            {
                if ((packet.has(each.name) && !taken.contains(each.name)) ||
                    !known.insert(each.name).second)
                    throw penstock::field_error("field \"" + each.name +
                                                "\": is there twice, by itself and within \"" +
                                                name + "\"; one of them was expected");
                parts.push_back(std::move(each));
            }
        }
        for (const std::string& name : taken)
            packet.erase(name);
        for (dotted& each : parts)
            if (each.value.is_array())
                packet.set_values(each.name, std::move(each.value.get_array()));
            else
                packet.set(each.name, std::move(each.value));
    }

    void put_together(penstock::packet& packet) const
    {
        std::vector<std::string> taken;
        json::object made;
        for (const std::string& name : packet.names())
        {
            const std::size_t end = name.find(*separator);
            if (end == std::string::npos || end == 0 ||
                !is_wanted(std::string_view(name).substr(0, end)))
                continue;
            const std::string first = name.substr(0, end);
            if (const json::value* const there = packet.find(first);
                there != nullptr && !made.contains(first))
            {
                if (!there->is_object())
                    throw penstock::field_error("field \"" + name + "\": is within \"" + first +
                                                "\", which is no object; an object was expected");
                made[first] = *there;
            }
            put_dotted(made, name, packet.get(name), *separator);
            taken.push_back(name);
        }
        for (const std::string& name : taken)
            packet.erase(name);
        for (auto& each : made)
            packet.set(std::string_view(each.key()), std::move(each.value()));
    }
};

} // namespace

extern constinit const penstock::component_entry flatten_entry = penstock::component_of<flatten>(
    "flatten", penstock::category::transformer,
    "Makes fields of the members of objects, with names as a.b, and back.");

} // namespace fields_package
