// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "components.hpp"
#include "run_entry.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace csv_bodies
{

namespace json = penstock::json;
using csv_package::read_entry;
using csv_package::write_entry;
using penstock::packet;
using penstock::testing::packets;
using namespace std::string_literals;

inline penstock::testing::result read(std::string_view text, const json::object& parameters = {},
                                      const json::object& meta = {})
{
    return run_entry(read_entry, parameters, packets(body(text, meta)));
}

inline penstock::testing::result write(std::vector<packet> given,
                                       const json::object& parameters = {})
{
    return run_entry(write_entry, parameters, std::move(given));
}

/// The values of rows without a header, each row as a list of JSON.
inline strings rows_of(std::string_view text, json::object parameters = {})
{
    parameters["header"] = false;
    strings list;
    auto result = read(text, parameters);
    for (const packet& each : result.out())
    {
        json::array values;
        for (const auto& field : each.fields())
            values.push_back(field.value());
        list.push_back(penstock::write_json(values));
    }
    for (const auto& [packet, reason] : result.failed)
        list.push_back(reason);
    return list;
}

inline strings reasons_of(const penstock::testing::result& result)
{
    strings list;
    for (const auto& [packet, reason] : result.failed)
        list.push_back(reason);
    return list;
}

inline strings failed_data_of(const penstock::testing::result& result)
{
    strings list;
    for (const auto& [packet, reason] : result.failed)
        list.emplace_back(packet.data().view());
    return list;
}

inline strings data_of(const std::vector<packet>& documents)
{
    strings list;
    for (const packet& each : documents)
        list.emplace_back(each.data().view());
    return list;
}

} // namespace csv_bodies
