// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "live_host.hpp"

#include "tests/plugins/brokers/counted.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <functional>
#include <string>

#include <signal.h>

namespace penstock::e2e
{

/// A server with something to read and something to write, and how graphs talk to it.
struct broker_of_test
{
    std::string source; ///< the component
    std::string source_params;
    std::string publisher;
    std::string publisher_params;
    std::function<void()> start;
    std::function<void()> kill;
    std::function<void(int, int)> put;  ///< the messages `{"n": BEGIN}` to `{"n": END - 1}`
    std::function<std::size_t()> count; ///< how much was written so far, at least
    std::function<counted()> written;   ///< what that is
    std::function<bool()> has_all_acknowledged;
};

/// A node that notices soon that its server is back.
[[nodiscard]] inline json::object impatient(const std::string& component, const std::string& params)
{
    return {{"component", json::string(component)},
            {"params", penstock::parse_json(params)},
            {"retry", json::object{{"backoff", "100ms"}, {"max_backoff", "500ms"}}}};
}

/// What reads and writes all.
[[nodiscard]] inline std::string worker_of(const broker_of_test& broker)
{
    return penstock::write_json(json::object{
        {"penstock", 1},
        {"name", "worker"},
        {"nodes", json::object{{"take", impatient(broker.source, broker.source_params)},
                               {"read", json::object{{"component", "json/read"}}},
                               {"send", impatient(broker.publisher, broker.publisher_params)}}},
        {"edges", json::array{json::object{{"from", "take.out"}, {"to", "read.in"}},
                              json::object{{"from", "read.out"}, {"to", "send.in"}}}}});
}

/// What writes what comes over HTTP.
[[nodiscard]] inline std::string front_of(const broker_of_test& broker)
{
    return penstock::write_json(json::object{
        {"penstock", 1},
        {"name", "front"},
        {"nodes", json::object{{"read", json::object{{"component", "json/read"}}},
                               {"send", impatient(broker.publisher, broker.publisher_params)}}},
        {"edges", json::array{json::object{{"from", "read.out"}, {"to", "send.in"}}}}});
}

/// 10,000 messages, while the server is killed and is back, and then the host. All are written, and
/// acknowledged then. Returns what was written.
inline counted check_that_nothing_is_lost(const broker_of_test& broker)
{
    using namespace std::chrono_literals;
    constexpr int messages = 10'000;
    const scratch home;
    const std::string file = home.write("g.json", worker_of(broker));
    const auto has_written = [&](std::size_t count)
    { return eventually([&] { return broker.count() >= count; }, 60s); };
    {
        live_host first(home, {file, "--lanes", "1"});
        broker.put(0, messages / 2);
        BOOST_TEST(has_written(500));
        broker.kill();
        BOOST_TEST(
            eventually([&] { return has(first->ask("GET", "/readyz").body, "127.0.0.1"); }, 30s));
        broker.start();
        broker.put(messages / 2, messages);
        BOOST_TEST(has_written(messages / 2));
        first.child().signal(SIGKILL);
        (void)first.child().wait();
    }
    live_host second(home, {file, "--lanes", "1"});
    BOOST_TEST(has_written(messages));
    BOOST_TEST(eventually(broker.has_all_acknowledged, 60s));
    const account found = second.settle("worker", 60s);
    BOOST_TEST(found.dead == 0U);
    BOOST_TEST(found.dropped == 0U);
    BOOST_TEST(second.stop().code == 0);
    return broker.written();
}

/// Requests are accepted while the server is away, wait, and are no dead letters.
inline void check_that_requests_wait(const broker_of_test& broker)
{
    using namespace std::chrono_literals;
    constexpr int requests = 200;
    const scratch home;
    live_host host(home, {home.write("g.json", front_of(broker))});
    const auto post = [&](int n, const std::string& query)
    {
        return host->post("/data" + query, "application/json", "{\"n\":" + std::to_string(n) + "}")
            .status;
    };
    BOOST_TEST(post(0, "?ack=processed&wait=30s") == 200U);
    broker.kill();
    for (int n = 1; n < requests; ++n)
        BOOST_TEST_REQUIRE(post(n, "") == 202U);
    BOOST_TEST(eventually([&] { return has(host->ask("GET", "/readyz").body, "127.0.0.1"); }, 30s));
    broker.start();
    const account found = host.settle("front", 60s);
    BOOST_TEST(found.dead == 0U);
    BOOST_TEST(found.delivered == static_cast<std::uint64_t>(requests));
    BOOST_TEST(
        eventually([&] { return broker.count() >= static_cast<std::size_t>(requests); }, 30s));
    const counted all = broker.written();
    BOOST_TEST(all.size() == static_cast<std::size_t>(requests));
    BOOST_TEST(all.with_other_ids() == 0U);
    BOOST_TEST(host.stop().code == 0);
}

} // namespace penstock::e2e
