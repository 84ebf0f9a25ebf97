// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "open_offsets.hpp"

#include <algorithm>
#include <utility>

namespace kafka_package
{
namespace
{

namespace json = penstock::json;

partition_name partition_of(const json::value& position)
{
    const json::array& parts = position.as_array();
    return {std::string(parts.at(0).as_string()),
            static_cast<std::int32_t>(parts.at(1).as_int64())};
}

std::int64_t offset_of(const json::value& position)
{
    return position.as_array().at(2).as_int64();
}

} // namespace

json::value open_offsets::position_of(const received_message& of)
{
    return json::array{json::string(of.from.topic), of.from.number, of.offset};
}

void open_offsets::reconnect()
{
    for (auto& [name, each] : partitions_)
    {
        each.expected.clear();
        for (auto& [offset, known] : each.under_way)
            known.is_expected = true;
    }
}

open_offsets::knowledge open_offsets::arrive(const received_message& came)
{
    partition& of = partitions_[came.from];
    if (of.assignment != came.assignment)
        of.deliveries.clear();
    of.assignment = came.assignment;
    const bool was_expected = of.expected.erase(came.offset) != 0;
    if (was_expected)
    {
        of.deliveries.push_back({came.offset, true});
        return knowledge::expected;
    }
    const auto [place, is_new] = of.under_way.try_emplace(came.offset);
    of.deliveries.push_back({came.offset, place->second.has_ended});
    if (is_new)
        return knowledge::nothing;
    return std::exchange(place->second.is_expected, false) ? knowledge::expected
                                                           : knowledge::under_way;
}

void open_offsets::end(const json::value& position)
{
    const auto place = partitions_.find(partition_of(position));
    if (place == partitions_.end())
        return;
    partition& of = place->second;
    const std::int64_t offset = offset_of(position);
    if (const auto ended = of.under_way.find(offset); ended != of.under_way.end())
        ended->second.has_ended = true;
    const auto found = std::ranges::lower_bound(of.deliveries, offset, {}, &delivery::offset);
    if (found != of.deliveries.end() && found->offset == offset)
        found->has_ended = true;
}

void open_offsets::forget(const json::value& position)
{
    const auto place = partitions_.find(partition_of(position));
    if (place == partitions_.end())
        return;
    partition& of = place->second;
    const auto found = of.under_way.find(offset_of(position));
    if (found == of.under_way.end())
        return;
    if (found->second.is_expected)
        of.expected.insert(found->first);
    of.under_way.erase(found);
}

std::vector<low_water> open_offsets::take_ended()
{
    std::vector<low_water> taken;
    for (auto& [name, each] : partitions_)
    {
        std::int64_t last = -1;
        for (; !each.deliveries.empty() && each.deliveries.front().has_ended;
             each.deliveries.pop_front())
            last = each.deliveries.front().offset;
        if (last >= 0)
            taken.push_back({name, each.assignment, last + 1});
    }
    return taken;
}

bool open_offsets::have_all_ended() const noexcept
{
    return std::ranges::all_of(partitions_,
                               [](const auto& each)
                               {
                                   return std::ranges::all_of(each.second.under_way,
                                                              [](const auto& known)
                                                              { return known.second.has_ended; });
                               });
}

bool open_offsets::empty() const noexcept
{
    return std::ranges::all_of(partitions_,
                               [](const auto& each) { return each.second.under_way.empty(); });
}

} // namespace kafka_package
