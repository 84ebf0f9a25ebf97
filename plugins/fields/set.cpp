// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"

#include <penstock/sdk.hpp>

#include <string>

namespace fields_package
{
namespace
{

class set final : public penstock::transformer
{
    penstock::parameter<std::string> field{*this, "field", penstock::no_default,
                                           "The field to set."};
    penstock::parameter<penstock::json::value> value{
        *this, "value", penstock::no_default,
        "What to set it to: any JSON; a list makes the field multi-valued."};

    void check(penstock::problems& found) const override
    {
        if (field->empty())
            found.add(field, "is empty; the name of a field was expected");
    }

    void process(penstock::packet& packet) override
    {
        if (value->is_array())
            packet.set_values(*field, value->get_array());
        else
            packet.set(*field, *value);
    }
};

} // namespace

extern constinit const penstock::component_entry set_entry = penstock::component_of<set>(
    "set", penstock::category::transformer, "Sets a field to the same value in each packet.");

} // namespace fields_package
