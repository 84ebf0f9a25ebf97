// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What a connection keeps from one answer to the next.
#include "host/base/byte_budget.hpp"
#include "host/net/answer/prepared_answer.hpp"
#include "wire.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(session_answers)

using namespace penstock::host::http::testing;
using penstock::host::budget_share;
using penstock::host::byte_budget;
namespace http = penstock::host::http;

BOOST_AUTO_TEST_CASE(an_answer_that_is_given_once_more_is_not_that_of_the_next_request)
{
    running_server running;
    held_answer held(running);
    auto client = running.client();
    BOOST_TEST(client.send(get("/first")));
    const http::reply first = held.wait();
    first(http::response::json(200, "1"));
    BOOST_TEST(client.read_answer().body == "1");
    held_answer next(running);
    BOOST_TEST(client.send(get("/second")));
    const http::reply& second = next.wait();
    first(http::response::json(200, "1 again"));
    second(http::response::json(200, "2"));
    BOOST_TEST(client.read_answer().body == "2");
}

BOOST_AUTO_TEST_CASE(an_answer_that_the_socket_does_not_take_at_once_comes_whole)
{
    running_server running;
    std::string large;
    for (int i = 0; large.size() < 8'000'000; ++i)
        large += std::to_string(i);
    running.routes.on_request = [&](const http::request&, const http::reply& answer)
    { answer(http::response::json(200, large)); };
    auto client = running.client();
    for (int time = 0; time < 2; ++time)
    {
        BOOST_TEST(client.send(get("/")));
        BOOST_TEST((client.read_answer().body == large));
    }
}

// A client that has read its answer may keep its side of the connection open for long.
BOOST_AUTO_TEST_CASE(what_an_answer_has_of_the_memory_is_given_back_when_it_is_written)
{
    for (const char* connection : {"Connection: close\r\n", ""})
    {
        http::limits bounds;
        bounds.discard_time = patience;
        running_server running({.bounds = bounds});
        byte_budget budget(1000);
        running.routes.on_request = [&](const http::request&, const http::reply& answer)
        {
            auto made = http::response::json(200, "{}");
            made.share = std::make_shared<budget_share>(budget);
            BOOST_TEST(made.share->grow(1000));
            answer(std::move(made));
        };
        auto client = running.client();
        BOOST_TEST(client.ask(get("/", connection)).status == 200U);
        BOOST_TEST(eventually([&] { return budget.taken() == 0; }, patience / 2));
    }
}

BOOST_AUTO_TEST_CASE(a_prepared_answer_suits_each_client)
{
    running_server running;
    const http::prepared_answer form(
        http::response::json(200, std::string(http::prepared_answer::place_of_id)));
    running.routes.on_request = [&](const http::request&, const http::reply& answer) {
        answer(http::filled_answer{&form, {1, 2}});
    };
    const std::string expected = "00000000000000010000000000000002";

    auto client = running.client();
    for (int time = 0; time < 2; ++time)
    {
        const auto usual = client.ask(get("/"));
        BOOST_TEST(usual.body == expected);
        BOOST_TEST(usual.head.find("Connection:") == std::string::npos);
    }
    BOOST_TEST(client.send("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    const auto head = client.read_answer(true);
    BOOST_TEST(head.has("Content-Length: 32"));
    BOOST_TEST(client.send("GET / HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n"));
    const auto old = client.read_answer();
    BOOST_TEST(old.body == expected);
    BOOST_TEST(old.has("Connection: keep-alive"));
    const auto last = client.ask(get("/", "Connection: close\r\n"));
    BOOST_TEST(last.body == expected);
    BOOST_TEST(last.has("Connection: close"));
}

BOOST_AUTO_TEST_SUITE_END()
