// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "closed_windows.hpp"

#include <charconv>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace route_package
{

namespace json = penstock::json;

namespace
{

constexpr std::size_t digits = 32; // of an id

std::uint64_t number_of(std::string_view text)
{
    std::uint64_t number = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number, 16);
    if (error != std::errc() || stop != end)
        throw std::invalid_argument("the state is no list of windows that were closed");
    return number;
}

std::vector<penstock::packet_id> ids_in(std::string_view text)
{
    if (text.size() % digits != 0)
        throw std::invalid_argument("the state is no list of windows that were closed");
    std::vector<penstock::packet_id> ids;
    for (; !text.empty(); text.remove_prefix(digits))
        ids.push_back({number_of(text.substr(0, digits / 2)),
                       number_of(text.substr(digits / 2, digits / 2))});
    return ids;
}

} // namespace

void closed_windows::make_room()
{
    while (by_packet_.size() > most_ && !kept_.empty())
    {
        for (const penstock::packet_id& each : kept_.front().packets)
            if (const auto found = by_packet_.find(each);
                found != by_packet_.end() && found->second == first_)
                by_packet_.erase(found);
        kept_.pop_front();
        ++first_;
    }
}

void closed_windows::remember(window_result result, std::vector<penstock::packet_id> packets)
{
    for (const penstock::packet_id& each : packets)
        if (each != penstock::packet_id())
            by_packet_[each] = first_ + kept_.size();
    kept_.push_back({std::move(result), std::move(packets)});
}

const window_result* closed_windows::find(penstock::packet_id packet) const
{
    const auto found = by_packet_.find(packet);
    return found == by_packet_.end() ? nullptr : &kept_[found->second - first_].result;
}

json::array closed_windows::state() const
{
    json::array all;
    for (const kept& each : kept_)
    {
        std::string ids;
        for (const penstock::packet_id& packet : each.packets)
            ids += packet.text();
        all.push_back(json::object{{"id", each.result.id},
                                   {"closed_by", each.result.closed_by},
                                   {"fields", each.result.fields},
                                   {"packets", ids}});
    }
    return all;
}

void closed_windows::read(const json::array& state)
{
    for (const json::value& each : state)
    {
        const json::object& from = each.as_object();
        remember({std::string(from.at("id").as_string()),
                  std::string(from.at("closed_by").as_string()), from.at("fields").as_object()},
                 ids_in(from.at("packets").as_string()));
    }
}

} // namespace route_package
