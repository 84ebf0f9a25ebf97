// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/server.hpp"

#include "wire.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <thread>
#include <utility>

BOOST_AUTO_TEST_SUITE(server_end)

using namespace penstock::host::http::testing;
namespace http = penstock::host::http;

BOOST_AUTO_TEST_CASE(while_it_drains_connections_are_accepted_and_closed_after_an_answer)
{
    running_server running;
    auto idle = running.client();
    idle.send(get("/"));
    BOOST_TEST(!idle.read_answer().has("Connection: close"));
    running.serves.drain();
    auto late = running.client();
    for (auto* each : {&idle, &late})
    {
        each->send(get("/"));
        BOOST_TEST(each->read_answer().has("Connection: close"));
        BOOST_TEST(each->read_to_end().value() == "");
    }
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_due_later_is_given_when_it_concludes)
{
    running_server running;
    held_answer held(running);
    auto client = running.client();
    client.send(get("/"));
    held.wait().at(http::completion::clock::now() + std::chrono::hours{1},
                   [] { return http::response::json(202, "kept"); });
    running.serves.conclude();
    BOOST_TEST(client.read_answer().body == "kept");
}

BOOST_AUTO_TEST_CASE(stopping_lets_a_request_in_hand_be_answered)
{
    running_server running;
    held_answer held(running);
    auto busy = running.client();
    auto idle = running.client();
    busy.send(get("/"));
    http::reply& kept = held.wait();
    bool clean = false;
    {
        const std::jthread stopping{[&] { clean = running.serves.stop(clock::now() + patience); }};
        BOOST_TEST(idle.read_to_end().value() == "");
        kept(http::response::json(200, "done"));
        const auto got = busy.read_answer();
        BOOST_TEST(got.body == "done");
        BOOST_TEST(got.has("Connection: close"));
        busy.close();
    }
    BOOST_TEST(clean);
    BOOST_CHECK_THROW(running.client(), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(stopping_cuts_off_what_takes_longer_than_the_deadline)
{
    running_server running;
    held_answer held(running);
    auto client = running.client();
    client.send(get("/"));
    http::reply& kept = held.wait();
    const auto begin = clock::now();
    BOOST_TEST(!running.serves.stop(begin + std::chrono::milliseconds{100}));
    BOOST_TEST((clock::now() - begin < patience));
    BOOST_TEST(client.read_to_end().value() == "");
    kept(http::response::json(200, "too late"));
}

BOOST_AUTO_TEST_SUITE_END()
