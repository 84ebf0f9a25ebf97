// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "components.hpp"
#include "nats/nats_server.hpp"
#include "run_entry.hpp"

#include <penstock/detail/packet_access.hpp>
#include <penstock/unavailable.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nats_test
{

namespace json = penstock::json;
using penstock::packet;
using penstock::testing::packets;

/// The parameters of a component that talks to the shared server, and more.
inline json::object with(json::object more)
{
    more.emplace("connect_timeout", "10s"); // machines with other work are slow
    more.emplace("urls", json::array{json::string(shared_nats().url())});
    return more;
}

/// Publishes packets, which have the ids 1, 2, …
inline penstock::testing::result publish(std::vector<packet> given, json::object params)
{
    for (std::size_t i = 0; i < given.size(); ++i)
        penstock::detail::packet_access::set_id(given[i], {0, i + 1});
    return run_entry(nats_package::publish_entry, with(std::move(params)), std::move(given));
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
    try
    {
        (void)publish(packets(body("x")), std::move(params));
    }
    catch (const penstock::unavailable& error)
    {
        return error.what();
    }
    return "none";
}

/// Why reading waits; `none` if it does not.
inline std::string why_unread(const std::string& stream, json::object more = {})
{
    try
    {
        (void)read(stream, std::move(more));
    }
    catch (const penstock::unavailable& error)
    {
        return error.what();
    }
    return "none";
}

inline bool has(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

} // namespace nats_test
