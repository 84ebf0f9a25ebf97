// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/package.hpp>
#include <penstock/testing/run.hpp>

#include <exception>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Runs a component of a package, by its entry, over the packets for `in`.
inline penstock::testing::result run_entry(const penstock::component_entry& entry,
                                           const penstock::json::object& parameters,
                                           std::vector<penstock::packet> packets)
{
    penstock::testing::inputs inputs;
    inputs.emplace("in", std::move(packets));
    const std::unique_ptr<penstock::component> component(entry.make());
    return penstock::testing::run(*component, parameters, std::move(inputs));
}

/// The same for components with two inputs.
inline penstock::testing::result run_entry(const penstock::component_entry& entry,
                                           const penstock::json::object& parameters,
                                           std::vector<penstock::packet> in,
                                           std::vector<penstock::packet> in2)
{
    penstock::testing::inputs inputs;
    inputs.emplace("in", std::move(in));
    inputs.emplace("in2", std::move(in2));
    const std::unique_ptr<penstock::component> component(entry.make());
    return penstock::testing::run(*component, parameters, std::move(inputs));
}

/// Why a component is refused with parameters, or does not run; `none` if it runs.
inline std::string refusal(const penstock::component_entry& entry,
                           const penstock::json::object& parameters)
{
    try
    {
        (void)run_entry(entry, parameters, {});
    }
    catch (const std::exception& error)
    {
        return error.what();
    }
    return "none";
}

/// A packet as the data routes make it: a raw body and some meta.
inline penstock::packet body(std::string_view data, const penstock::json::object& meta = {})
{
    penstock::packet packet;
    packet.set_data(penstock::bytes(std::string(data)));
    for (const auto& [name, value] : meta)
        packet.set_meta(name, value);
    return packet;
}

/// The fields of packets as JSON, in order.
inline std::vector<std::string> fields_of(const std::vector<penstock::packet>& packets)
{
    std::vector<std::string> list;
    for (const penstock::packet& packet : packets)
        list.push_back(penstock::write_json(packet.fields()));
    return list;
}

/// One meta of packets, in order.
inline std::vector<std::string> meta_of(const std::vector<penstock::packet>& packets,
                                        std::string_view name)
{
    std::vector<std::string> list;
    for (const penstock::packet& packet : packets)
        list.push_back(penstock::write_json(packet.meta(name)));
    return list;
}

using strings = std::vector<std::string>;
