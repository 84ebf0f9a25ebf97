// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/sdk.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace packets
{

/// Calls `visit` with each text in a field, of several values with each in order, until it returns
/// false. What is no text is skipped. The views are valid until the packet is changed. [the
/// packet's lane]
template <class Visit>
bool visit_texts(const penstock::packet& packet, std::string_view field, const Visit& visit)
{
    const penstock::json::value* const found = packet.find(field);
    if (found == nullptr)
        return true;
    if (found->is_string())
        return visit(std::string_view(found->get_string()));
    if (packet.is_multivalued(field))
        for (const penstock::json::value& each : found->get_array())
            if (each.is_string() && !visit(std::string_view(each.get_string())))
                return false;
    return true;
}

/// Calls `change` with each value of a field, of several with each in order; it changes the value
/// and returns whether the value stays. A field without a value that stays is deleted. The mark and
/// the meta of the field are kept. `change` may suspend. [the packet's lane]
template <class Change>
void change_values(penstock::packet& packet, const std::string& field, const Change& change)
{
    if (!packet.has(field))
        return;
    penstock::json::array left;
    penstock::json::array values = packet.values(field);
    for (penstock::json::value& each : values)
        if (change(each))
            left.push_back(std::move(each));
    if (left.empty() && !values.empty())
        packet.erase(field);
    else if (packet.is_multivalued(field))
        packet.set_values(field, std::move(left));
    else
        packet.set(field, std::move(left.front()));
}

/// The size of a text from which on it is worked on by another thread than the lane's.
inline constexpr std::size_t long_text = std::size_t{16} << 10;

/// Does some work on a text, on the pool for blocking work if the text is long. [a component's own
/// fiber; suspends]
template <class Work>
auto work_on(std::string_view text, const Work& work)
{
    return text.size() < long_text ? work() : penstock::blocking(work);
}

} // namespace packets
