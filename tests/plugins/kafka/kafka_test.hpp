// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "components.hpp"
#include "kafka/broker_cluster.hpp"
#include "run_entry.hpp"

#include <penstock/detail/packet_access.hpp>
#include <penstock/unavailable.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kafka_test
{

namespace json = penstock::json;
using penstock::packet;
using penstock::testing::packets;

/// The parameters of a component that talks to the shared brokers, and more.
inline json::object with(json::object more)
{
    json::array brokers;
    for (const std::string& each : shared_cluster().addresses())
        brokers.push_back(json::string(each));
    more.emplace("brokers", brokers);
    more.emplace("connect_timeout", "10s"); // machines with other work are slow
    return more;
}

/// Publishes packets, which have the ids 1, 2, …
inline penstock::testing::result publish(std::vector<packet> given, json::object params)
{
    for (std::size_t i = 0; i < given.size(); ++i)
        penstock::detail::packet_access::set_id(given[i], {0, i + 1});
    return run_entry(kafka_package::publish_entry, with(std::move(params)), std::move(given));
}

/// Reads what is in a topic.
inline penstock::testing::result read(const std::string& topic, json::object more = {})
{
    more.emplace("topics", json::array{json::string(topic)});
    more.emplace("group", "of-" + topic);
    more.emplace("session_timeout",
                 "6s"); // the brokers forget who waits longer to be let in: for 3 s
    const std::unique_ptr<penstock::component> component(kafka_package::source_entry.make());
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

inline strings bodies_of(const std::vector<packet>& packets)
{
    strings list;
    for (const packet& each : packets)
        list.emplace_back(each.data().view());
    return list;
}

} // namespace kafka_test
