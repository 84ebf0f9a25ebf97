// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "brokers/server_runs.hpp"
#include "components.hpp"
#include "nats/nats_server.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace nats_test
{

namespace json = penstock::json;
using penstock::packet;
using penstock::testing::packets;
using server_runs::has;

/// The parameters of a component that talks to the shared server, and more.
inline json::object with(json::object more)
{
    return server_runs::with(shared_nats().url(), std::move(more));
}

/// Publishes packets, which have the ids 1, 2, …
inline penstock::testing::result publish(std::vector<packet> given, json::object params)
{
    return server_runs::publish(nats_package::publish_entry, std::move(given),
                                with(std::move(params)));
}

/// Reads what is in a stream.
inline penstock::testing::result read(const std::string& stream, json::object more = {})
{
    more.emplace("stream", stream);
    more.emplace("consumer", "workers");
    const std::unique_ptr<penstock::component> component(nats_package::source_entry.make());
    return penstock::testing::run(*component, with(std::move(more)), {});
}

/// Why publishing waits; `none` if it does not.
inline std::string why_away(json::object params)
{
    return server_runs::why_away([&] { return publish(packets(body("x")), std::move(params)); });
}

/// Why reading waits; `none` if it does not.
inline std::string why_unread(const std::string& stream, json::object more = {})
{
    return server_runs::why_away([&] { return read(stream, std::move(more)); });
}

} // namespace nats_test
