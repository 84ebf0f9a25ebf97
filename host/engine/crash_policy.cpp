// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/engine/crash_policy.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace penstock::host
{

namespace
{

constexpr std::uint32_t most_crashes_of_a_packet = 3;
constexpr std::size_t most_packets_of_a_component = 3;
constexpr auto window = std::chrono::minutes(10);

// The reason of a crash, how often, and in which component, in the words of a dead letter.
std::string in_words(const blame& last, std::uint32_t times)
{
    return "crash: " + last.reason + (last.component.empty() ? "" : " in " + last.component) +
           ", " + std::to_string(times) + " times";
}

// Whether so many packets were blamed within the window that ends with the nth blame.
bool is_suspect(const std::vector<const blame*>& of_component, std::size_t n)
{
    std::set<packet_id> packets;
    for (std::size_t i = 0; i <= n; ++i)
        if (of_component[n]->time - of_component[i]->time <= window)
            packets.insert(of_component[i]->packet);
    return packets.size() >= most_packets_of_a_component;
}

} // namespace

std::map<std::string, crash_policy, std::less<>> judge_crashes(const std::vector<blame>& blames)
{
    std::map<std::tuple<std::string, std::string, packet_id>, std::vector<const blame*>> packets;
    std::map<std::pair<std::string, std::string>, std::vector<const blame*>> components;
    for (const blame& each : blames)
    {
        if (each.packet == packet_id{})
            continue;
        packets[{each.graph, each.node, each.packet}].push_back(&each);
        if (!each.component.empty())
            components[{each.graph, each.component}].push_back(&each);
    }

    std::map<std::string, crash_policy, std::less<>> policies;
    for (const auto& [key, crashes] : packets)
    {
        const auto times = static_cast<std::uint32_t>(crashes.size());
        const auto& [graph, node, packet] = key;
        if (times >= most_crashes_of_a_packet)
            policies[graph].quarantine.push_back(
                {packet, node, in_words(*crashes.back(), times), times});
    }
    for (const auto& [key, crashes] : components)
    {
        for (std::size_t n = 0; n < crashes.size(); ++n)
        {
            if (!is_suspect(crashes, n))
                continue;
            const blame& last = *crashes[n];
            crash_policy& policy = policies[key.first];
            policy.paused_node = last.node;
            policy.pause_reason = "component " + last.component +
                                  " has crashed the host with three packets or more within ten "
                                  "minutes, the last time by " +
                                  last.reason + "; deploy the graph to try again";
        }
    }
    return policies;
}

} // namespace penstock::host
