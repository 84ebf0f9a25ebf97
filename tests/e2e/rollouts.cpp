// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host_group.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstddef>
#include <string>

// A graph is deployed to hosts side by side by one of them, as the editor has it.
BOOST_AUTO_TEST_SUITE(rollouts)

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

std::string numbered_graph(int number)
{
    return R"({"penstock": 1, "name": "g", "nodes": {
        "read": {"component": "json/read"},
        "mark": {"component": "fields/set", "params": {"field": "v", "value": )" +
           std::to_string(number) + R"(}},
        "end": {"component": "debug/null"}},
        "edges": [{"from": "read.out", "to": "mark.in"}, {"from": "mark.out", "to": "end.in"}]})";
}

struct rolling_group : host_group
{
    /// Has host 1 deploy to all; returns what became of it.
    [[nodiscard]] json::value roll(const std::string& graph) const
    {
        const response begun = ask_host(0, "POST", "/api/graphs/g/rollout", graph);
        BOOST_TEST_REQUIRE(begun.status == 202U, begun.body);
        json::value record;
        BOOST_TEST_REQUIRE(eventually(
            [&]
            {
                record = body_of(ask_host(0, "GET", "/api/graphs/g/rollout"));
                return !record.at("outcome").is_null();
            },
            std::chrono::minutes(3)));
        return record;
    }

    /// The revision that a host runs; empty if there is no such graph.
    [[nodiscard]] std::string running(std::size_t which) const
    {
        const response answer = ask_host(which, "GET", "/api/graphs/g/state");
        if (answer.status == 404)
            return {};
        BOOST_TEST(body_of(answer).at("state") == "running");
        return text_of(body_of(answer).at("deployed_revision"));
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(one_host_deploys_to_all_for_who_may_and_to_none_while_another_is_away,
                        rolling_group)
{
    BOOST_TEST(ask_host_as_reader(0, "POST", "/api/graphs/g/rollout", numbered_graph(1)).status ==
               403U);
    for (std::size_t i = 0; i < size; ++i)
        BOOST_TEST(running(i).empty());

    const json::value first = roll(numbered_graph(1));
    BOOST_TEST(first.at("outcome") == "deployed", penstock::write_json(first));
    const std::string revision = text_of(first.at("revision"));
    for (std::size_t i = 0; i < size; ++i)
        BOOST_TEST(running(i) == revision);
    const json::value said = body_of(ask_host_as_reader(2, "GET", "/api/hosts?graph=g"));
    for (const json::value& each : said.at("hosts").as_array())
        BOOST_TEST(text_of(each.at("graphs").at(0).at("deployed_revision")) == revision,
                   penstock::write_json(each));

    kill(1);
    const json::value second = roll(numbered_graph(2));
    BOOST_TEST(second.at("outcome") == "unchanged", penstock::write_json(second));
    BOOST_TEST(second.at("hosts").at(1).at("step") == "refused");
    BOOST_TEST(running(0) == revision);
    BOOST_TEST(running(2) == revision);
    const json::value hosts = body_of(ask_host(0, "GET", "/api/hosts")).at("hosts");
    BOOST_TEST(hosts.at(0).at("problem").is_null());
    BOOST_TEST(hosts.at(1).at("problem").is_string());

    start(1);
    BOOST_TEST(roll(numbered_graph(2)).at("outcome") == "deployed");
    for (std::size_t i = 0; i < size; ++i)
        BOOST_TEST(running(i) != revision);
}

BOOST_AUTO_TEST_SUITE_END()
