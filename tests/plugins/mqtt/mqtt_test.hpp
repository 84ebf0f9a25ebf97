// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "brokers/server_runs.hpp"
#include "components.hpp"
#include "mqtt/mqtt_server.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace mqtt_test
{

namespace json = penstock::json;
using penstock::packet;
using penstock::testing::packets;
using server_runs::has;

/// The parameters of a component that talks to the shared server, and more.
inline json::object with(json::object more)
{
    return server_runs::with(shared_mqtt().url(), std::move(more));
}

/// Publishes packets, which have the ids 1, 2, …
inline penstock::testing::result publish(std::vector<packet> given, json::object params)
{
    return server_runs::publish(mqtt_package::publish_entry, std::move(given),
                                with(std::move(params)));
}

/// Reads what the broker has for a client.
inline penstock::testing::result read(const std::string& client, const std::string& topic,
                                      json::object more = {})
{
    more.emplace("topics", json::array{json::string(topic)});
    more.emplace("client", client);
    const std::unique_ptr<penstock::component> component(mqtt_package::source_entry.make());
    return penstock::testing::run(*component, with(std::move(more)), {});
}

/// Why publishing waits; `none` if it does not.
inline std::string why_away(json::object params)
{
    return server_runs::why_away([&] { return publish(packets(body("x")), std::move(params)); });
}

} // namespace mqtt_test
