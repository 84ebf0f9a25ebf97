// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "amqp/broker_queue.hpp"
#include "amqp/broker_server.hpp"
#include "components.hpp"
#include "run_entry.hpp"

#include <penstock/detail/packet_access.hpp>
#include <penstock/unavailable.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace amqp_test
{

namespace json = penstock::json;
using kind = broker_queue::kind;
using penstock::packet;
using penstock::testing::packets;

/// The parameters of a component that talks to the shared broker, and more.
inline json::object with(json::object more)
{
    more.emplace("connect_timeout", "10s"); // machines with other work are slow
    more.emplace("urls", json::array{json::string(shared_broker_url())});
    return more;
}

/// Publishes packets, which have the ids 1, 2, …
inline penstock::testing::result publish(std::vector<packet> given, json::object params)
{
    for (std::size_t i = 0; i < given.size(); ++i)
        penstock::detail::packet_access::set_id(given[i], {0, i + 1});
    return run_entry(amqp_package::publish_entry, with(std::move(params)), std::move(given));
}

/// Reads what is in a queue.
inline penstock::testing::result read(const std::string& queue, json::object more = {})
{
    more.emplace("queue", queue);
    const std::unique_ptr<penstock::component> component(amqp_package::source_entry.make());
    return penstock::testing::run(*component, with(std::move(more)), {});
}

/// Checks that publishing waits, and that the reason has such a part.
inline void check_away(json::object params, std::string_view part)
{
    BOOST_CHECK_EXCEPTION(
        (void)publish(packets(body("x")), std::move(params)), penstock::unavailable,
        [&](const penstock::unavailable& error)
        {
            BOOST_TEST_MESSAGE(error.what());
            return std::string_view(error.what()).find(part) != std::string_view::npos;
        });
}

} // namespace amqp_test
