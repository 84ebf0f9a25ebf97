// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/detail/let_go.hpp>

#include <penstock/detail/packet_access.hpp>

#include <algorithm>
#include <unordered_set>

namespace penstock::detail
{

using access = packet_access;

fate fate_of(const packet& packet) noexcept
{
    return access::has_heirs(packet) ? fate::consumed : fate::unsaid;
}

std::vector<fate> fates_of(const std::vector<let_go>& packets, std::uint32_t now, blame blame,
                           std::uint32_t attempts)
{
    std::vector<fate> fates(packets.size());
    std::unordered_set<std::uint32_t>
        alive; // the numbers of those that are to be tried or received again
    const auto was_in_hand = [now](const let_go& each) { return each.held || each.at == now; };
    const bool has_last =
        std::ranges::any_of(packets, [&](const let_go& each)
                            { return was_in_hand(each) && access::receive(each.content) == now; });
    const auto is_blamed = [&](const packet& each)
    {
        return (blame != blame::nobody && access::receive(each) == now) ||
               (blame == blame::each && (!has_last || access::tries(each) + 1U < attempts));
    };
    for (std::size_t i = 0; i < packets.size(); ++i)
    {
        const std::uint32_t receive = access::receive(packets[i].content);
        if (!was_in_hand(packets[i]))
            fates[i] = fate_of(packets[i].content);
        else if (receive != 0)
        {
            fates[i] = is_blamed(packets[i].content) ? fate::blamed : fate::returned;
            alive.insert(receive);
        }
    }
    // A child goes with its parent, unless it stands for others too.
    for (std::size_t i = 0; i < packets.size(); ++i)
    {
        const packet& child = packets[i].content;
        if (!was_in_hand(packets[i]) || access::receive(child) != 0)
            continue;
        if (!access::has_joined(child) && alive.contains(access::parent_receive(child)))
            fates[i] = fate::consumed;
        else
            fates[i] = access::has_heirs(child) ? fate::consumed : fate::orphaned;
    }
    return fates;
}

} // namespace penstock::detail
