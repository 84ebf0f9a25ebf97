// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host_group.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

// Hosts side by side behind HAProxy, with the configuration of the examples.
BOOST_AUTO_TEST_SUITE(side_by_side)

using namespace penstock::e2e;
using namespace std::chrono_literals;
namespace json = penstock::json;

namespace
{

const header_fields as_json{{"Content-Type", "application/json"}};

// The same file runs on one host.
std::string numbered_graph(const scratch& home, const std::string& number,
                           const std::string& end = R"({"component": "debug/null"})")
{
    return home.write("g.json", R"({"penstock": 1, "name": "g", "nodes": {
        "read": {"component": "json/read"},
        "mark": {"component": "fields/set", "params": {"field": "v", "value": )" +
                                    number + R"(}},
        "end": )" + end + R"(},
        "edges": [{"from": "read.out", "to": "mark.in"}, {"from": "mark.out", "to": "end.in"}]})");
}

struct deployed_group : host_group
{
    deployed_group()
    {
        const ended made = run({"deploy", numbered_graph(home(), "1")});
        BOOST_TEST_REQUIRE(made.code == 0, made.err);
        std::set<std::size_t> taking;
        BOOST_TEST_REQUIRE(eventually(
            [&]
            {
                if (const response answer = send(); answer.status == 202)
                    taking.insert(host_of(text_of(body_of(answer).at("receipt"))));
                return taking.size() == size;
            }));
    }

    [[nodiscard]] response send(const header_fields& more = {},
                                std::chrono::milliseconds within = 30s) const
    {
        header_fields fields = as_json;
        fields.insert(fields.end(), more.begin(), more.end());
        return ask("POST", "/graphs/g/data", fields, R"({"a": 1})", within);
    }

    /// Sends until ten requests in a row are accepted, each within this time; returns how long it
    /// took.
    [[nodiscard]] clock::duration wait_until_accepted(std::chrono::milliseconds each) const
    {
        const auto begun = clock::now();
        const auto accepts_ten = [&]
        {
            for (int i = 0; i < 10; ++i)
                try
                {
                    if (send({}, each).status != 202)
                        return false;
                }
                catch (const std::runtime_error&) // a connection that died with its host
                {
                    return false;
                }
            return true;
        };
        BOOST_TEST(eventually(accepts_ten, 60s));
        return clock::now() - begun;
    }

    /// Sends until each host has accepted something; returns a receipt of each.
    [[nodiscard]] std::vector<std::string> receipt_of_each() const
    {
        std::vector<std::string> receipts(size);
        for (int i = 0; i < 30; ++i)
        {
            const std::string receipt = text_of(body_of(send()).at("receipt"));
            receipts.at(host_of(receipt)) = receipt;
        }
        for (const std::string& each : receipts)
            BOOST_TEST_REQUIRE(!each.empty());
        return receipts;
    }

    /// Sends again and again, and counts what was not accepted.
    struct load
    {
        explicit load(const deployed_group& group)
            : sender(
                  [&, this]
                  {
                      while (!is_over)
                          try
                          {
                              ++(group.send().status == 202 ? accepted : refused);
                          }
                          catch (const std::runtime_error&)
                          {
                              ++refused;
                          }
                  })
        {
        }
        ~load() { end(); }

        void end()
        {
            is_over = true;
            if (sender.joinable())
                sender.join();
        }

        std::atomic<int> accepted = 0;
        std::atomic<int> refused = 0;
        std::atomic<bool> is_over = false;
        std::thread sender;
    };

    [[nodiscard]] std::set<std::string> revisions() const
    {
        std::set<std::string> all;
        for (std::size_t i = 0; i < size; ++i)
        {
            const json::value state = body_of(ask_host(i, "GET", "/api/graphs/g/state"));
            BOOST_TEST(text_of(state.at("state")) == "running");
            all.insert(text_of(state.at("deployed_revision")));
        }
        return all;
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(any_host_answers_for_the_receipts_of_all, deployed_group)
{
    for (const std::string& receipt : receipt_of_each())
    {
        for (std::size_t i = 0; i < size; ++i)
        {
            const response shown = ask_host(i, "GET", "/receipts/" + receipt);
            BOOST_TEST(shown.status == 200U);
            BOOST_TEST(text_of(body_of(shown).at("receipt")) == receipt);
        }
        BOOST_TEST(ask("GET", "/receipts/" + receipt).status == 200U);
        BOOST_TEST(ask("HEAD", "/receipts/" + receipt).status == 200U);
        std::string other = receipt;
        other.back() = other.back() == '0' ? '1' : '0';
        BOOST_TEST(ask("GET", "/receipts/" + other).status == 404U);
    }
}

BOOST_FIXTURE_TEST_CASE(what_is_of_one_host_is_not_behind_the_balancer, deployed_group)
{
    for (const char* each : {"/api/graphs", "/metrics", "/openapi.json", "/assets/x"})
        BOOST_TEST(ask("GET", each).status == 404U, each);
    for (const char* each : {"/", "/livez", "/readyz"})
        BOOST_TEST(ask("GET", each).status == 200U, each);
    BOOST_TEST(ask("POST", "/graphs/g/x/_bulk", as_json, "{\"index\":{}}\n{\"a\":1}\n").status !=
               404U);
}

BOOST_FIXTURE_TEST_CASE(a_key_that_is_sent_again_gets_its_receipt_again, deployed_group)
{
    std::set<std::size_t> hosts;
    for (int key = 0; key < 20; ++key)
    {
        const header_fields fields{{"Idempotency-Key", "key " + std::to_string(key)}};
        const response first = send(fields);
        BOOST_TEST(first.status == 202U);
        const std::string receipt = text_of(body_of(first).at("receipt"));
        for (int i = 0; i < 3; ++i)
            BOOST_TEST(text_of(body_of(send(fields)).at("receipt")) == receipt);
        hosts.insert(host_of(receipt));
    }
    BOOST_TEST(hosts.size() > 1U);
}

BOOST_FIXTURE_TEST_CASE(requests_go_on_when_a_host_dies_and_its_receipts_come_back_with_it,
                        deployed_group)
{
    const std::vector<std::string> receipts = receipt_of_each();
    const std::string of_dead = "/receipts/" + receipts.at(1);
    const load others(*this);
    kill(1);
    const auto without = wait_until_accepted(30s);
    BOOST_TEST_MESSAGE("accepted again " << without / 1ms << " ms after the end of a host");
    if (!is_sanitized)
        BOOST_TEST((without < 5s));
    BOOST_TEST(eventually([&] { return ask("GET", of_dead).status == 503; }));
    const response waits = ask_host(0, "GET", of_dead);
    BOOST_TEST(waits.status == 503U);
    BOOST_TEST(waits.headers.find("Retry-After").has_value());
    BOOST_TEST(has(waits.body, "host 2, which accepted this request, "), waits.body);
    BOOST_TEST(ask_host(0, "GET", "/receipts/" + receipts.at(2)).status == 200U);
    start(1);
    BOOST_TEST(ask_host(0, "GET", of_dead).status == 200U);
    BOOST_TEST(eventually([&] { return host_of(text_of(body_of(send()).at("receipt"))) == 1; }));
}

BOOST_FIXTURE_TEST_CASE(requests_go_on_when_a_host_hangs, deployed_group)
{
    const std::vector<std::string> receipts = receipt_of_each();
    freeze(1);
    const auto without = wait_until_accepted(2s);
    BOOST_TEST_MESSAGE("accepted again " << without / 1ms << " ms after a host began to hang");
    if (!is_sanitized)
        BOOST_TEST((without < 15s));
    const response waits = ask_host(0, "GET", "/receipts/" + receipts.at(1));
    BOOST_TEST(waits.status == 503U);
    BOOST_TEST(has(waits.body, "host 2, which accepted this request, has not answered within 2s"),
               waits.body);
    BOOST_TEST(ask_host(0, "GET", "/receipts/" + receipts.at(2)).status == 200U);
}

BOOST_FIXTURE_TEST_CASE(a_rolling_deployment_refuses_no_request, deployed_group)
{
    const std::set<std::string> before = revisions();
    BOOST_TEST(before.size() == 1U);
    load all(*this);
    for (const char* number : {"2", "3", "4"})
    {
        const ended deployed = run({"deploy", numbered_graph(home(), number)});
        BOOST_TEST(deployed.code == 0, deployed.err);
    }
    const int accepted = all.accepted;
    BOOST_TEST(eventually([&] { return all.accepted > accepted; }));
    all.end();
    BOOST_TEST(all.refused == 0);
    BOOST_TEST(revisions().size() == 1U);
    BOOST_TEST((revisions() != before));
}

BOOST_FIXTURE_TEST_CASE(a_deployment_that_one_host_refuses_leaves_all_as_they_were, deployed_group)
{
    const std::set<std::string> before = revisions();
    load all(*this);
    // The last host refuses to write into its own data.
    const ended refused =
        run({"deploy", numbered_graph(home(), "2",
                                      R"({"component": "files/write", "params": {"path": ")" +
                                          data_of(2) + R"(/out"}})")});
    BOOST_TEST(refused.code == 1);
    BOOST_TEST(has(refused.err, "/nodes/end: does not start: "), refused.err);
    all.end();
    BOOST_TEST(all.accepted > 0);
    BOOST_TEST(all.refused == 0);
    BOOST_TEST((revisions() == before));
}

BOOST_AUTO_TEST_SUITE_END()
