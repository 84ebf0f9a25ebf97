// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/replay_routes.hpp"

#include "tests/host/api/test_host.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <set>
#include <string>
#include <thread>

using namespace penstock::host::api;
using namespace penstock::host::http;
using namespace penstock::host::http::testing;
namespace json = penstock::json;

namespace
{

/// A graph that fails on the text "bad" and replies with all others.
struct fixture
{
    test_host host;

    fixture() { host.deploy("first", {"read", "picky", "answer"}); }

    /// Sends a text that dies; returns its receipt.
    void send(std::string text)
    {
        const auto answer = host.send("POST", "/data?ack=processed", std::move(text),
                                      {{"Content-Type", "text/plain"}});
        BOOST_TEST_REQUIRE(answer.status == 200U);
    }

    json::array dead_letters()
    {
        return body_of(host.send("GET", "/api/dead-letters")).at("dead_letters").as_array();
    }

    std::string newest() { return std::string(dead_letters().at(0).at("id").as_string()); }

    std::set<std::string> ids()
    {
        std::set<std::string> all;
        for (const json::value& each : dead_letters())
            all.emplace(each.at("id").as_string());
        return all;
    }

    /// Waits until so many letters are there besides those.
    void wait_for_dead_letters_but(const std::set<std::string>& those, std::ptrdiff_t count)
    {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        const auto others = [&]
        {
            const std::set<std::string> all = ids();
            return std::ranges::count_if(all, [&](const std::string& id)
                                         { return !those.contains(id); });
        };
        while (others() != count && std::chrono::steady_clock::now() < deadline)
            std::this_thread::yield();
    }

    response replay(const std::string& id, std::string body = {})
    {
        return host.send("POST", "/api/dead-letters/" + id + "/replay", std::move(body));
    }

    /// Waits until the request of an answer is done; returns its receipt.
    json::object outcome(const response& answer)
    {
        BOOST_TEST_REQUIRE(answer.status == 202U);
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        json::object receipt;
        do
        {
            std::this_thread::yield();
            receipt = body_of(host.send("GET", answer.headers.value("Location"))).as_object();
        } while (receipt.at("state") == "pending" && std::chrono::steady_clock::now() < deadline);
        return receipt;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(replays, fixture)

BOOST_AUTO_TEST_CASE(of_a_packet_that_is_mended_deliver_it)
{
    send("bad");
    const json::object was = dead_letters().at(0).as_object();
    const json::object receipt =
        outcome(replay(newest(), R"({"packet": {"fields": {"text": "good"}}})"));
    BOOST_TEST(receipt.at("delivered") == 1);
    const json::value& delivered = receipt.at("packets").at(0);
    BOOST_TEST(delivered.at("fields").at("text") == "good"); // and not read anew by the adapter
    BOOST_TEST(delivered.at("id") == was.at("packet").at("id"));
    BOOST_TEST(dead_letters().empty());
}

BOOST_AUTO_TEST_CASE(of_a_packet_that_is_still_bad_leave_a_new_letter)
{
    send("bad");
    const std::string old = newest();
    const json::object receipt = outcome(replay(old));
    BOOST_TEST(receipt.at("dead_count") == 1);
    BOOST_TEST_REQUIRE(dead_letters().size() == 1U);
    BOOST_TEST(newest() != old);
    BOOST_TEST(dead_letters().at(0).at("node") == "picky");
    BOOST_TEST(replay(old).status == 404U);
}

BOOST_AUTO_TEST_CASE(from_the_start_pass_the_adapter_again)
{
    send("bad");
    const std::string edited = R"({"from": "start", "packet":
        {"data": "as data", "meta": {"mimetype": "text/plain"}}})";
    const json::object receipt = outcome(replay(newest(), edited));
    BOOST_TEST(receipt.at("packets").at(0).at("fields").at("text") == "as data");
}

BOOST_AUTO_TEST_CASE(to_a_node_that_is_gone_are_refused)
{
    send("bad");
    host.deploy("first", {"read", "answer"});
    BOOST_TEST(replay(newest()).status == 409U);
    // A journal in memory does not keep the request, and the packet is not what the adapter read.
    BOOST_TEST(replay(newest(), R"({"from": "start"})").status == 422U);
    BOOST_TEST(dead_letters().size() == 1U);
}

BOOST_AUTO_TEST_CASE(that_cannot_be_keep_the_letter)
{
    send("bad");
    const std::string id = newest();
    BOOST_TEST(replay(id, "[]").status == 400U);
    BOOST_TEST(replay(id, "{").status == 400U);
    BOOST_TEST(replay(id, R"({"form": "start"})").status == 400U);
    BOOST_TEST(replay(id, R"({"from": "end"})").status == 400U);
    BOOST_TEST(replay(id, R"({"packet": 1})").status == 400U);
    BOOST_TEST(replay(id, R"({"packet": {"feelds": {}}})").status == 422U);
    BOOST_TEST(replay(id, R"({"from": "start", "packet": {"meta": {"mimetype": "a/b"}}})").status ==
               415U);
    BOOST_TEST(replay("none").status == 404U);
    host.graphs.stop("first");
    const auto stopped = replay(id);
    BOOST_TEST(stopped.status == 503U);
    BOOST_TEST(stopped.headers.value("Retry-After") == "5");
    host.graphs.forget("first");
    BOOST_TEST(replay(id).status == 409U);
    BOOST_TEST(dead_letters().size() == 1U);
}

BOOST_AUTO_TEST_CASE(of_many_letters_go_by_filter)
{
    host.deploy("other", {"read", "fail", "take"});
    for (int i = 0; i < 3; ++i)
        send("bad");
    BOOST_TEST(
        host.send("POST", "/graphs/other/data?ack=processed", "x", {{"Content-Type", "text/plain"}})
            .status == 200U);
    BOOST_TEST(host.send("POST", "/api/dead-letters/replay").status == 400U);
    BOOST_TEST(host.send("POST", "/api/dead-letters/replay?graph=first&from=x").status == 400U);
    const std::string old = newest();
    const std::set<std::string> before = ids();
    const json::value again =
        body_of(host.send("POST", "/api/dead-letters/replay?graph=first&reason=is%20bad"));
    BOOST_TEST(again.at("replayed") == 3);
    BOOST_TEST(again.at("refused") == 0);
    BOOST_TEST(host.send("GET", "/api/dead-letters/" + old).status == 200U); // of the other graph
    wait_for_dead_letters_but(before, 3);                                    // they die again
    host.deploy("first", {"read", "answer"});
    const json::value gone = body_of(host.send("POST", "/api/dead-letters/replay?node=picky"));
    BOOST_TEST(gone.at("replayed") == 0);
    BOOST_TEST(gone.at("refused") == 3);
    BOOST_TEST(gone.at("why").as_string().starts_with("node \"picky\" is not"));
    BOOST_TEST(dead_letters().size() == 4U);
}

BOOST_AUTO_TEST_CASE(are_not_needed_to_drop_many_letters)
{
    for (int i = 0; i < 3; ++i)
        send("bad");
    BOOST_TEST(host.send("DELETE", "/api/dead-letters").status == 400U);
    BOOST_TEST(body_of(host.send("DELETE", "/api/dead-letters?graph=x")).at("dropped") == 0);
    BOOST_TEST(body_of(host.send("DELETE", "/api/dead-letters?node=picky")).at("dropped") == 3);
    send("bad");
    BOOST_TEST(body_of(host.send("DELETE", "/api/dead-letters?all=true")).at("dropped") == 1);
    BOOST_TEST(dead_letters().empty());
}

BOOST_AUTO_TEST_SUITE_END()
