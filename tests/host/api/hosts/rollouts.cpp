// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/hosts/rollouts.hpp"

#include "tests/host/api/test_host.hpp"
#include "tests/plugins/curl/scripted_server.hpp"

#include "host/graph/spec.hpp"
#include "host/store/revision.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

BOOST_AUTO_TEST_SUITE(rollouts)

using namespace penstock::host::http::testing;
using penstock::host::parse_graph;
using penstock::host::write_graph;
using penstock::host::http::response;
namespace api = penstock::host::api;
namespace json = penstock::json;

namespace
{

const std::string before = test_host::graph("g", {"read", "take"});
const std::string after = test_host::graph("g", {"read", "answer"});

api::peer_options beside(const scripted_server& other)
{
    api::peer_options made{.host_number = 1, .limits = {.wait = std::chrono::seconds(5)}};
    made.others.push_back({2, {.host = "127.0.0.1", .port = other.port()}});
    return made;
}

struct two_hosts
{
    /// `other` answers as host 2.
    explicit two_hosts(scripted_server::script other)
        : server(std::move(other)), host({}, {}, nullptr, beside(server))
    {
    }

    /// Begins, and returns the record once it has ended.
    json::value roll(const std::string& text, const std::string& rest = {})
    {
        const response begun = host.send("POST", "/api/graphs/g/rollout" + rest, text);
        BOOST_TEST_REQUIRE(begun.status == 202U, begun.body);
        BOOST_TEST(begun.headers.value("Location") == "/api/graphs/g/rollout");
        return ended();
    }

    json::value ended()
    {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
        for (;;)
        {
            json::value now = body_of(host.send("GET", "/api/graphs/g/rollout"));
            if (!now.at("outcome").is_null())
                return now;
            BOOST_TEST_REQUIRE((std::chrono::steady_clock::now() < deadline));
            std::this_thread::yield();
        }
    }

    std::string state() { return host.send("GET", "/api/graphs/g/state").body; }

    scripted_server server;
    test_host host;
};

// A host without the graph, which would run it and does as it is told when it is to.
scripted_answer agree(const received_request& asked)
{
    if (asked.target.ends_with("/validate"))
        return {200, R"({"problems": []})"};
    return {404, "{}"};
}

std::string_view step_of(const json::value& record, std::size_t host)
{
    return record.at("hosts").at(host).at("step").as_string();
}

std::string message_of(const json::value& record, std::size_t host)
{
    return std::string(record.at("hosts").at(host).at("problems").at(0).at("message").as_string());
}

} // namespace

BOOST_AUTO_TEST_CASE(a_host_without_peers_lists_no_hosts)
{
    test_host host;
    const response answer = host.send("GET", "/api/hosts");
    BOOST_TEST(answer.status == 200U);
    BOOST_TEST(body_of(answer).at("hosts").as_array().empty());
    BOOST_TEST(body_of(answer).at("rollout").is_null());
    BOOST_TEST(host.send("GET", "/api/graphs/g/rollout").status == 404U);
    BOOST_TEST(host.send("DELETE", "/api/graphs/g/rollout").status == 404U);
}

BOOST_AUTO_TEST_CASE(hosts_are_listed_with_what_they_say_of_a_graph_or_why_they_say_nothing)
{
    two_hosts both(
        [](const received_request&) -> scripted_answer {
            return {200, R"([{"name": "g", "state": "running"}, {"name": "h"}])"};
        });
    both.host.deploy("g", {"read", "take"});
    both.host.deploy("h", {"read", "take"});
    const json::value all = body_of(both.host.send("GET", "/api/hosts?graph=g")).at("hosts");
    BOOST_TEST_REQUIRE(all.as_array().size() == 2U);
    BOOST_TEST(all.at(0).at("number") == 1);
    BOOST_TEST(all.at(0).at("own").as_bool());
    BOOST_TEST_REQUIRE(all.at(0).at("graphs").as_array().size() == 1U);
    BOOST_TEST(all.at(0).at("graphs").at(0).at("state") == "running");
    BOOST_TEST(all.at(0).at("graphs").at(0).at("pending").at("entries") == 0);
    BOOST_TEST(all.at(1).at("number") == 2);
    BOOST_TEST(!all.at(1).at("own").as_bool());
    BOOST_TEST_REQUIRE(all.at(1).at("graphs").as_array().size() == 1U);
    BOOST_TEST(all.at(1).at("graphs").at(0).at("name") == "g");
    both.server.stop();
    const json::value later = body_of(both.host.send("GET", "/api/hosts")).at("hosts");
    BOOST_TEST(later.at(0).at("graphs").as_array().size() == 2U);
    BOOST_TEST(later.at(1).at("problem").as_string().starts_with("does not answer"));
}

BOOST_AUTO_TEST_CASE(what_another_host_refuses_when_it_is_asked_changes_nothing)
{
    two_hosts both(
        [](const received_request&) -> scripted_answer
        {
            return {200, R"({"problems": [{"pointer": "/nodes/a", "message": "unknown component",)"
                         R"( "expected": ""}]})"};
        });
    const json::value record = both.roll(after);
    BOOST_TEST(record.at("outcome") == "unchanged");
    BOOST_TEST(step_of(record, 0) == "unchanged");
    BOOST_TEST(step_of(record, 1) == "refused");
    BOOST_TEST(message_of(record, 1) == "unknown component");
    BOOST_TEST(both.host.send("GET", "/api/graphs/g").status == 404U);
}

BOOST_AUTO_TEST_CASE(a_host_that_refuses_to_run_a_graph_has_the_own_one_go_back)
{
    two_hosts both(
        [](const received_request& asked) -> scripted_answer
        {
            if (asked.method == "PUT")
                return {403, R"({"detail": "the scope deploy was expected"})"};
            return agree(asked);
        });
    both.host.deploy("g", {"read", "take"});
    const std::string running = both.state();
    const json::value record = both.roll(after);
    BOOST_TEST(record.at("outcome") == "restored");
    BOOST_TEST(step_of(record, 0) == "restored");
    BOOST_TEST(step_of(record, 1) == "refused");
    BOOST_TEST(message_of(record, 1).find("the scope deploy was expected") != std::string::npos);
    BOOST_TEST(both.state() == running);
    BOOST_TEST(write_graph(parse_graph(both.host.send("GET", "/api/graphs/g").body).graph) ==
               write_graph(parse_graph(before).graph));
}

BOOST_AUTO_TEST_CASE(a_host_that_is_away_is_told_and_nothing_is_changed)
{
    two_hosts both(agree);
    both.server.stop();
    const json::value record = both.roll(after);
    BOOST_TEST(record.at("outcome") == "unchanged");
    BOOST_TEST(message_of(record, 1).starts_with("does not answer"));
    BOOST_TEST(both.host.send("GET", "/api/graphs/g").status == 404U);
}

BOOST_AUTO_TEST_CASE(a_rollout_wants_the_revision_that_its_caller_names)
{
    two_hosts both(agree);
    BOOST_TEST(both.host.send("POST", "/api/graphs/g/rollout").status == 404U);
    BOOST_TEST(both.host.send("POST", "/api/graphs/g/rollout", "{").status == 422U);
    both.host.send("PUT", "/api/graphs/g", before);
    BOOST_TEST(
        both.host.send("POST", "/api/graphs/g/rollout", after, {{"If-Match", "\"0\""}}).status ==
        412U);
    BOOST_TEST(both.host.send("GET", "/api/graphs/g/rollout").status == 404U);
    BOOST_TEST(both.server.requests().empty());
}

BOOST_AUTO_TEST_CASE(one_rollout_of_a_graph_goes_on_at_a_time_and_goes_back_when_it_is_interrupted)
{
    std::atomic<bool> may_answer = false;
    two_hosts both(
        [&](const received_request& asked) -> scripted_answer
        {
            while (asked.target.ends_with("/validate") && !may_answer)
                std::this_thread::yield();
            return agree(asked);
        });
    BOOST_TEST(both.host.send("POST", "/api/graphs/g/rollout", after).status == 202U);
    BOOST_TEST(both.host.send("POST", "/api/graphs/g/rollout", after).status == 409U);
    BOOST_TEST(both.host.send("POST", "/api/graphs/g/rollout/stop").status == 409U);
    BOOST_TEST(both.host.send("DELETE", "/api/graphs/g/rollout").status == 202U);
    may_answer = true;
    const json::value record = both.ended();
    BOOST_TEST(body_of(both.host.send("GET", "/api/hosts?graph=g")).at("rollout") == record);
    BOOST_TEST(record.at("outcome") == "unchanged");
    BOOST_TEST(record.at("problems").at(0).at("message") == "is interrupted");
    BOOST_TEST(both.host.send("GET", "/api/graphs/g").status == 404U);
}

BOOST_AUTO_TEST_CASE(a_graph_is_stopped_on_all_hosts_that_answer)
{
    two_hosts both(
        [](const received_request&) -> scripted_answer {
            return {503, R"({"detail": "starting"})"};
        });
    both.host.deploy("g", {"read", "take"});
    const json::value record = both.roll({}, "/stop");
    BOOST_TEST(record.at("action") == "stop");
    BOOST_TEST(record.at("outcome") == "stuck");
    BOOST_TEST(step_of(record, 0) == "stopped");
    BOOST_TEST(step_of(record, 1) == "refused");
    BOOST_TEST(message_of(record, 1).find("starting") != std::string::npos);
    BOOST_TEST(body_of(both.host.send("GET", "/api/graphs/g/state")).at("state") == "stopped");
}

BOOST_AUTO_TEST_SUITE_END()
