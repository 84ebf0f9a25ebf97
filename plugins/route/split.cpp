// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include "../packets/document_id.hpp"

#include <penstock/sdk.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace route_package
{
namespace
{

namespace json = penstock::json;

class split final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out",
                         "One packet for each value, with the meta parent, part (counted from 1) "
                         "and part_count, and the id PARENT.PART; packets without the field as "
                         "they are."};
    penstock::parameter<std::string> field{
        *this, "field", "",
        "The field whose values, or elements if its value is a list, become a packet each: the "
        "members of an object become fields, any other value the field itself. If empty, packets "
        "go on as they are.",
        penstock::example{"items"}};
    penstock::parameter<bool> keep{*this, "keep", true,
                                   "Whether each part has the other fields of its packet as well."};
    penstock::parameter<std::uint32_t> parts{*this, "parts", 100'000,
                                             "The most parts of a packet; one with more fails.",
                                             penstock::range{1, 1e9}};
    penstock::output_family copies{*this,
                                   "copies",
                                   {},
                                   "Further outputs, each of which gets a copy of every packet as "
                                   "it came."};

    void run() override
    {
        while (auto packet = in.receive())
        {
            for (std::size_t n = 0; n < copies.size(); ++n)
                copies[n].send(packet->clone());
            if (field->empty() || !packet->has(*field))
                out.send(std::move(*packet));
            else
                send_parts(std::move(*packet));
        }
    }

    void send_parts(penstock::packet packet)
    {
        json::array values = packet.values(*field);
        if (values.size() == 1 && !packet.is_multivalued(*field) && values.front().is_array())
            values = json::array(std::move(values.front().get_array()));
        if (values.size() > *parts)
            return fail(std::move(packet), "field \"" + *field + "\": has " +
                                               std::to_string(values.size()) + " values; at most " +
                                               std::to_string(*parts) + " were expected");
        if (values.empty())
            return drop(std::move(packet));
        const std::string parent = packets::document_id(packet);
        packet.erase(*field);
        packet.set_meta("parent", parent);
        packet.set_meta("part_count", values.size());
        std::size_t number = 0;
        for (json::value& value : values)
        {
            penstock::packet part = *keep ? packet.clone() : packet.derive();
            set(part, std::move(value));
            part.set_meta("part", ++number);
            part.set_meta("id", parent + "." + std::to_string(number));
            out.send(std::move(part));
        }
    }

    void set(penstock::packet& part, json::value&& value) const
    {
        json::object* members = value.if_object();
        if (members == nullptr)
            return part.set(*field, std::move(value));
        for (auto& member : *members)
            if (json::array* several = member.value().if_array())
                part.set_values(std::string_view(member.key()), std::move(*several));
            else
                part.set(std::string_view(member.key()), std::move(member.value()));
    }
};

} // namespace

extern constinit const penstock::component_entry split_entry = penstock::component_of<split>(
    "split", penstock::category::op,
    "Splits packets: a packet for each value of a field, and copies for further outputs.");

} // namespace route_package
