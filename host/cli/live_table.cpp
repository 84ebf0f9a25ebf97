// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/live_table.hpp"

#include "host/cli/quantity.hpp"
#include "host/cli/text_table.hpp"

#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

namespace penstock::host::cli
{

namespace
{

using rows = std::vector<std::vector<std::string>>;

std::string count(const json::value& of)
{
    return grouped(of.to_number<std::uint64_t>());
}

// A second's packets: whole ones, but for few.
std::string rate(const json::value& of)
{
    const double number = of.to_number<double>();
    const auto tenths = static_cast<std::uint64_t>(std::llround(number * 10));
    if (tenths >= 100 || tenths % 10 == 0)
        return grouped(static_cast<std::uint64_t>(std::llround(number)));
    return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10);
}

std::string text(const json::object& of, std::string_view name)
{
    return std::string(of.at(name).as_string());
}

} // namespace

std::string live_table(const json::object& counted, const json::object& rates)
{
    std::string table = text(counted, "graph") + ": " + text(counted, "state") + ", " +
                        std::to_string(counted.at("lanes").as_array().size()) + " lanes, " +
                        rate(rates.at("receipts")) + " requests/s, " +
                        count(counted.at("pending").at("entries")) + " pending, " +
                        count(counted.at("delivered")) + " delivered, " +
                        count(counted.at("dead")) + " dead\n";
    rows nodes{{"node", "packets/s", "packets", "errors", "dead"}};
    for (const auto& each : rates.at("nodes").as_object())
    {
        const json::value& of = each.value(); // rate, errors, total, dead
        nodes.push_back({std::string(each.key()), rate(of.at(0)), count(of.at(2)), count(of.at(1)),
                         count(of.at(3))});
    }
    rows edges{{"edge", "packets/s", "packets", "depth", "capacity"}};
    for (const auto& each : rates.at("edges").as_object())
    {
        const json::value& of = each.value(); // rate, depth, capacity, total
        edges.push_back({std::string(each.key()), rate(of.at(0)), count(of.at(3)), count(of.at(1)),
                         count(of.at(2))});
    }
    if (nodes.size() > 1)
        table += '\n' + text_table(nodes);
    if (edges.size() > 1)
        table += '\n' + text_table(edges);
    return table;
}

} // namespace penstock::host::cli
