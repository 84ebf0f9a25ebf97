// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "pairs.hpp"

#include <penstock/sdk.hpp>

namespace fields_package
{
namespace
{

class copy final : public penstock::transformer
{
    field_pairs pairs{*this};

    void check(penstock::problems& found) const override { pairs.check(found); }

    void start() override { pairs.start(); }

    // Each pair sees what the pairs before it did, so a to b, b to c copies a to both.
    void process(penstock::packet& packet) override
    {
        for (std::size_t n = 0; n < pairs.size(); ++n)
        {
            const std::string& from = pairs.source(n);
            const std::string& to = pairs.target(n);
            if (from == to || !packet.has(from))
                continue;
            if (!packet.has(to) || pairs.existing() == on_existing::overwrite)
                packet.copy(from, to);
            else if (pairs.existing() == on_existing::append)
                append_field(packet, from, to);
        }
    }
};

} // namespace

extern constinit const penstock::component_entry copy_entry = penstock::component_of<copy>(
    "copy", penstock::category::transformer, "Copies fields, with their meta, to other names.");

} // namespace fields_package
