// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/watch/top_table.hpp"

#include "host/base/quantity.hpp"
#include "host/cli/text_table.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
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

std::string decimal(double number)
{
    std::array<char, 32> digits;
    const int size = std::snprintf(digits.data(), digits.size(), "%.4g", number);
    return {digits.data(), static_cast<std::size_t>(size)};
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

// What components count of themselves; of a histogram how many values there were, and their mean.
rows own_rows(const json::object& counted)
{
    rows own{{"node", "metric", "value"}};
    const json::value* const nodes = counted.if_contains("nodes");
    if (nodes == nullptr)
        return own;
    for (const auto& node : nodes->as_object())
    {
        const json::value* const metrics = node.value().as_object().if_contains("metrics");
        if (metrics == nullptr)
            continue;
        for (const auto& each : metrics->as_object())
        {
            const json::object& of = each.value().as_object();
            std::string value;
            if (of.at("kind") == "counter")
                value = count(of.at("value"));
            else if (of.at("kind") == "gauge")
                value = decimal(of.at("value").to_number<double>());
            else if (const double times = of.at("count").to_number<double>(); times > 0)
                value = count(of.at("count")) + ", mean " +
                        decimal(of.at("sum").to_number<double>() / times);
            else
                value = "0";
            own.push_back({std::string(node.key()), std::string(each.key()), std::move(value)});
        }
    }
    return own;
}

std::string text(const json::object& of, std::string_view name)
{
    return std::string(of.at(name).as_string());
}

} // namespace

std::string top_table(const json::object& counted, const json::object& rates)
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
    if (const rows own = own_rows(counted); own.size() > 1)
        table += '\n' + text_table(own);
    return table;
}

} // namespace penstock::host::cli
