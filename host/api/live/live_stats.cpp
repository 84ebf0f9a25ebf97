// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/live/live_stats.hpp"

#include <cmath>
#include <utility>

namespace penstock::host::api
{

namespace
{

std::uint64_t count_at(const json::object& of, std::string_view name)
{
    return of.at(name).to_number<std::uint64_t>();
}

std::string text_at(const json::object& of, std::string_view name)
{
    return std::string(of.at(name).as_string());
}

} // namespace

json::object live_stats::next(const json::object& counted, clock::time_point now)
{
    const double seconds = number_ == 0 ? 0.0 : std::chrono::duration<double>(now - last_).count();
    last_ = now;
    json::object nodes;
    for (const auto& each : counted.at("nodes").as_object())
    {
        const std::string id(each.key());
        const json::object& node = each.value().as_object();
        const std::uint64_t received = count_at(node, "received");
        // A source has no inputs: what it does is to send.
        const std::uint64_t done = received != 0 ? received : count_at(node, "sent");
        tell(nodes, "n:", id,
             {rate("n:" + id, done, seconds), count_at(node, "failed"), received,
              count_at(node, "dead")});
    }
    json::object edges;
    for (const auto& each : counted.at("edges").as_array())
    {
        const json::object& edge = each.as_object();
        const std::string id = text_at(edge, "from") + '>' + text_at(edge, "to");
        const std::uint64_t packets = count_at(edge, "packets");
        tell(edges, "e:", id,
             {rate("e:" + id, packets, seconds), count_at(edge, "depth"),
              count_at(edge, "capacity"), packets});
    }
    return {{"type", "stats"},
            {"seq", ++number_},
            {"nodes", std::move(nodes)},
            {"edges", std::move(edges)},
            {"receipts", rate("receipts", count_at(counted, "accepted"), seconds)}};
}

// To a tenth: what cannot be seen to change is not told.
double live_stats::rate(const std::string& of, std::uint64_t count, double seconds)
{
    const std::uint64_t before = std::exchange(counts_[of], count);
    if (seconds <= 0)
        return 0;
    const std::uint64_t since = count >= before ? count - before : count;
    return std::round(static_cast<double>(since) / seconds * 10) / 10;
}

void live_stats::tell(json::object& to, std::string_view kind, const std::string& id,
                      json::array numbers)
{
    json::array& told = told_[std::string(kind) + id];
    if (told == numbers)
        return;
    told = numbers;
    to.emplace(id, std::move(numbers));
}

} // namespace penstock::host::api
