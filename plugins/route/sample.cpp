// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "condition.hpp"

#include "components.hpp"

#include "../packets/fnv1a.hpp"

#include <penstock/sdk.hpp>

#include <cmath>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace route_package
{
namespace
{

namespace json = penstock::json;

// By a hash, so that a packet that comes again after a crash has the same fate, on any lane.
class sample final : public penstock::filter
{
    penstock::parameter<double> rate{*this,
                                     "rate",
                                     penstock::no_default,
                                     "The share of packets that is kept.",
                                     penstock::range{0, 1},
                                     penstock::example{0.1}};
    condition_parameter when{
        *this, "An expression of Lua. Packets for which it is false, nil or null all pass."};
    penstock::parameter<std::string> key{
        *this, "key", "",
        "What is kept or dropped together: packets with equal values of /fields/NAME or "
        "/meta/NAME. If empty, and for packets without it, each by its id."};
    lua::limit_parameters limits{*this};

    void check(penstock::problems& found) const override
    {
        when.check(found);
        if (!key->empty() && name_in(*key).empty())
            found.add(key, "is \"" + *key + "\"; /fields/NAME or /meta/NAME was expected");
    }

    void start() override
    {
        when.start(limits.value());
        least_ = std::ldexp(*rate, 53);
    }

    bool keep(const penstock::packet& packet) override
    {
        if (when.is_given() && !when.is_true(packet))
            return true;
        return static_cast<double>(hash_of(packet) >> 11) < least_;
    }

    static std::string_view name_in(std::string_view key)
    {
        for (const std::string_view where : {"/fields/", "/meta/"})
            if (key.starts_with(where))
                return key.substr(where.size());
        return {};
    }

    std::uint64_t hash_of(const penstock::packet& packet) const
    {
        const std::string_view name = name_in(*key);
        const json::value* const value = name.empty()                 ? nullptr
                                         : key->starts_with("/meta/") ? packet.find_meta(name)
                                                                      : packet.find(name);
        if (value != nullptr)
            try
            {
                // Mixed because short texts differ in its lower bits only.
                return mixed(packets::fnv1a(penstock::write_json(*value)));
            }
            catch (const std::invalid_argument&) // a number that JSON cannot hold
            {
            }
        return mixed(packet.id().high ^ mixed(packet.id().low));
    }

    // The finalizer of SplitMix64: Steele, Lea and Flood, Fast Splittable Pseudorandom Number
    // Generators, OOPSLA 2014, figure 16.
    static std::uint64_t mixed(std::uint64_t bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9;
        bits = (bits ^ (bits >> 27)) * 0x94d049bb133111eb;
        return bits ^ (bits >> 31);
    }

    double least_ = 0; // what hashes of 53 bits that are kept are less than
};

} // namespace

extern constinit const penstock::component_entry sample_entry = penstock::component_of<sample>(
    "sample", penstock::category::filter, "Keeps a share of the packets, the same on each replay.");

} // namespace route_package
