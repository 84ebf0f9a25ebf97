// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// Clients that are slow, idle or gone.
#include "wire.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <vector>

BOOST_AUTO_TEST_SUITE(session)

using namespace penstock::host::http::testing;
namespace http = penstock::host::http;

BOOST_AUTO_TEST_CASE(an_idle_connection_is_closed)
{
    const running_server running{{.bounds = quick_limits()}};
    auto fresh = running.client();
    auto used = running.client();
    BOOST_TEST(used.ask(get("/")).status == 200U);
    BOOST_TEST(fresh.read_to_end().value() == "");
    BOOST_TEST(used.read_to_end().value() == "");
}

BOOST_AUTO_TEST_CASE(a_slow_header_is_told_so)
{
    const running_server running{{.bounds = quick_limits()}};
    auto client = running.client();
    client.send("GET / HTTP/1.1\r\n");
    BOOST_TEST(client.read_answer().status == 408U);
    BOOST_TEST(client.read_to_end().value() == "");
}

BOOST_AUTO_TEST_CASE(a_slow_body_is_told_so_however_it_dribbles)
{
    const running_server running{{.bounds = quick_limits()}};
    auto client = running.client();
    const auto begin = clock::now();
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n");
    while (!client.readable(clock::now() + std::chrono::milliseconds{20}) &&
           clock::now() < begin + patience)
    {
        client.send("x");
    }
    BOOST_TEST(client.read_answer().status == 408U);
    BOOST_TEST((clock::now() - begin < std::chrono::seconds{3}));
    BOOST_TEST(running.routes.requests == 0);
}

BOOST_AUTO_TEST_CASE(a_body_that_keeps_its_rate_may_take_longer)
{
    auto bounds = quick_limits();
    bounds.body_time = std::chrono::milliseconds{300};
    bounds.body_rate = 1000;
    const running_server running{{.bounds = bounds}};
    auto client = running.client();
    const auto begin = clock::now();
    constexpr std::size_t pieces = 20;
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000\r\n\r\n");
    for (std::size_t i = 0; i < pieces; ++i)
    {
        BOOST_TEST(!client.readable(clock::now() + std::chrono::milliseconds{50}));
        client.send(std::string(4000 / pieces, 'x'));
    }
    BOOST_TEST(client.read_answer().status == 200U);
    BOOST_TEST((clock::now() - begin > bounds.body_time));
}

BOOST_AUTO_TEST_CASE(bodies_on_their_way_share_a_budget_and_slow_ones_go_when_it_is_short)
{
    http::limits bounds;
    bounds.bodies = 1'000'000;
    bounds.short_body_time = std::chrono::seconds{1};
    const running_server running{{.bounds = bounds}};
    const std::string begun =
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n" +
        std::string(300'000, 'x');
    std::vector<raw_client> slow;
    for (int i = 0; i < 4; ++i)
    {
        slow.push_back(running.client());
        slow.back().send(begun);
    }
    BOOST_TEST(running.alive());
    // The one for which there is no room hears so, and those that stand still are ended until there
    // is room again: the last of them may stay.
    const auto has_answer = [](raw_client& each) { return each.readable(clock::now()); };
    BOOST_TEST(eventually([&] { return std::ranges::count_if(slow, has_answer) >= 3; }));
    for (raw_client& each : slow)
    {
        if (has_answer(each))
        {
            const auto refused = each.read_answer();
            BOOST_TEST((refused.status == 503U || refused.status == 408U));
            BOOST_TEST(refused.has("Connection: close"));
        }
    }
    auto again = running.client();
    BOOST_TEST(again.ask(post("/", std::string(400'000, 'x'))).status == 200U);
}

BOOST_AUTO_TEST_CASE(a_body_that_stands_still_after_a_quick_begin_is_not_waited_for)
{
    const running_server running{{.bounds = quick_limits()}};
    auto client = running.client();
    const auto begin = clock::now();
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000\r\n\r\n" +
                std::string(5'000'000, 'x'));
    BOOST_TEST(client.read_answer().status == 408U);
    BOOST_TEST((clock::now() - begin < std::chrono::seconds{5}));
}

BOOST_AUTO_TEST_CASE(a_client_that_does_not_read_is_dropped)
{
    auto bounds = quick_limits();
    bounds.body_rate = 1'000'000'000; // the usual one would give it hours
    running_server strict{{.bounds = bounds}};
    strict.routes.on_request = [](const http::request&, const http::reply& answer)
    { answer(http::response{.status = 200, .headers = {}, .body = std::string(50'000'000, 'x')}); };
    auto client = strict.client();
    client.send(get("/"));
    BOOST_TEST(client.readable(clock::now() + patience));
    BOOST_TEST(eventually([&] { return strict.serves.connections() == 0; }));
}

BOOST_AUTO_TEST_CASE(a_client_killed_within_its_body_harms_nobody)
{
    const running_server running;
    for (int i = 0; i < 50; ++i)
    {
        auto client = running.client();
        client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf");
        client.reset();
    }
    BOOST_TEST(running.alive());
    BOOST_TEST(eventually([&] { return running.serves.connections() == 0; }));
    BOOST_TEST(running.routes.requests == 1);
}

BOOST_AUTO_TEST_SUITE_END()
