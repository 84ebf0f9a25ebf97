// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "pairs.hpp"

#include <penstock/sdk.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace fields_package
{
namespace
{

class rename final : public penstock::transformer
{
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    field_pairs pairs{*this};

    void check(penstock::problems& found) const override { pairs.check(found); }

    void start() override
    {
        pairs.start();
        for (std::size_t n = 0; n < pairs.size(); ++n)
            taken_later_.push_back(later_pair_from(pairs.target(n), n));
        put_aside_.resize(pairs.size());
    }

    // Each pair sees what the pairs before it did, with one exception: a field that is about to be
    // overwritten but that a later pair wants is put aside for it, so that a to b, b to a swaps.
    void process(penstock::packet& packet) override
    {
        for (std::string& each : put_aside_)
            each.clear();
        for (std::size_t n = 0; n < pairs.size(); ++n)
        {
            const std::string& from = put_aside_[n].empty() ? pairs.source(n) : put_aside_[n];
            const std::string& to = pairs.target(n);
            if (from == to)
                continue;
            if (!packet.has(to))
            {
                packet.rename(from, to); // if it is there
                continue;
            }
            if (!packet.has(from))
                continue;
            if (pairs.existing() == on_existing::overwrite)
            {
                if (const std::size_t later = taken_later_[n]; later != none)
                {
                    put_aside_[later] = unused_name(packet);
                    packet.rename(to, put_aside_[later]);
                }
                packet.rename(from, to);
            }
            else if (pairs.existing() == on_existing::append)
            {
                append_field(packet, from, to);
                packet.erase(from);
            }
        }
    }

    std::size_t later_pair_from(const std::string& field, std::size_t n) const
    {
        for (std::size_t later = n + 1; later < pairs.size(); ++later)
            if (pairs.source(later) == field && pairs.target(later) != field)
                return later;
        return none;
    }

    static std::string unused_name(const penstock::packet& packet)
    {
        std::string name = "aside";
        while (packet.has(name))
            name += '_';
        return name;
    }

    std::vector<std::size_t> taken_later_;
    std::vector<std::string>
        put_aside_; // the name under which a pair finds its field, if not its own
};

} // namespace

extern constinit const penstock::component_entry rename_entry = penstock::component_of<rename>(
    "rename", penstock::category::transformer, "Renames fields; their meta goes along.");

} // namespace fields_package
