// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <signal.h>

BOOST_AUTO_TEST_SUITE(back_pressure)

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

constexpr std::size_t kib = 1'024;
constexpr std::size_t mib = 1'024 * kib;

// What ends at a publisher that takes nothing until its gate opens, and on the way to it.
std::string gated_graph(const std::string& pipe)
{
    return graph("gated",
                 {{"read", "json/read"},
                  {"drop", "route/drop", R"({"field": "drop"})"},
                  {"fail", "debug/fail", R"({"field": "fail"})"},
                  {"hold", "gate/hold", R"({"path": ")" + pipe + "\"}"}},
                 {{"read.out", "drop.in"}, {"drop.out", "fail.in"}, {"fail.out", "hold.in"}});
}

struct gated_host : scratch, gate, live_host
{
    explicit gated_host(std::vector<std::string> flags)
        : gate(*this, "gate"), live_host(*this, all_flags(*this, *this, std::move(flags)))
    {
    }

    static std::vector<std::string> all_flags(const scratch& home, const gate& held,
                                              std::vector<std::string> flags)
    {
        flags.insert(flags.begin(),
                     {home.write("g.json", gated_graph(held.path())), "--packages", gate_folder()});
        return flags;
    }
};

// Sends until the graph is full; returns how many were accepted.
std::uint64_t fill(caller& client, const std::string& body)
{
    constexpr std::uint64_t most = 5'000;
    for (std::uint64_t accepted = 0; accepted < most; ++accepted)
    {
        const unsigned status = client.post("/data", "application/json", body).status;
        if (status == 429)
            return accepted;
        BOOST_REQUIRE_EQUAL(status, 202);
    }
    throw std::runtime_error("the graph takes ever more");
}

} // namespace

BOOST_AUTO_TEST_CASE(a_full_graph_says_429_and_names_the_cause)
{
    gated_host host({"--pending-entries", "100"});
    BOOST_TEST(fill(*host.operator->(), "{}") == 100U);

    const response refused = host->post("/data", "application/json", "{}");
    BOOST_TEST(refused.status == 429U);
    BOOST_TEST(std::stoi(std::string(refused.headers.value("Retry-After"))) > 0);
    BOOST_TEST(refused.headers.value("Content-Type") == "application/problem+json");
    BOOST_TEST(has(text_of(body_of(refused).at("detail")), "100 entries"), refused.body);

    const response ready = host->ask("GET", "/readyz");
    BOOST_TEST(ready.status == 503U);
    BOOST_TEST(text_of(body_of(ready).at("causes").at(0).at("cause")) == "full");
    const json::value state = host->get("/api/graphs/gated/state");
    BOOST_TEST(text_of(state.at("causes").at(0).at("cause")) == "full");
    BOOST_TEST(state.at("pending").at("entries").as_int64() == 100);
    BOOST_TEST(
        has(host->ask("GET", "/metrics").body, "penstock_pending_entries{graph=\"gated\"} 100"));

    host.open();
    BOOST_TEST(eventually([&] { return host->ask("GET", "/readyz").status == 200; }));
    BOOST_TEST(host->post("/data", "application/json", "{}").status == 202U);
    BOOST_TEST(host.settle("gated").delivered == 101U);
}

BOOST_AUTO_TEST_CASE(the_cause_is_the_edge_before_the_slow_publisher)
{
    gated_host host({"--pending-entries", "2000"});
    fill(*host.operator->(), "{}");
    const response refused = host->post("/data", "application/json", "{}");
    BOOST_TEST(has(text_of(body_of(refused).at("detail")), "fail.out -> hold.in"), refused.body);
    const json::value state = host->get("/api/graphs/gated/state");
    BOOST_TEST(text_of(state.at("causes").at(0).at("edge")) == "fail.out -> hold.in");
}

BOOST_AUTO_TEST_CASE(memory_stays_bounded_while_a_publisher_is_stuck)
{
    constexpr std::size_t clients = 4;
    constexpr std::size_t tries = 400;
    gated_host host({"--pending-bytes", "8MiB"});
    const std::string body = R"({"a": ")" + std::string(64 * kib, 'x') + "\"}";
    BOOST_REQUIRE_EQUAL(host->post("/data", "application/json", "{}").status, 202);
    const footprint before = host.measure();

    std::atomic<std::uint64_t> accepted = 1, refused = 0, other = 0;
    {
        std::vector<std::jthread> senders;
        for (std::size_t n = 0; n < clients; ++n)
            senders.emplace_back(
                [&]
                {
                    caller client(host.port());
                    for (std::size_t i = 0; i < tries; ++i)
                    {
                        const unsigned status =
                            client.post("/data", "application/json", body).status;
                        ++(status == 202 ? accepted : status == 429 ? refused : other);
                    }
                });
    }
    const footprint full = host.measure();
    BOOST_TEST(other == 0U);
    BOOST_TEST(accepted + refused == clients * tries + 1);
    BOOST_TEST(accepted <= 8 * mib / (64 * kib));
    BOOST_TEST(accepted > 100U);
    // 100 MiB were sent. 8 MiB may be pending, once as bytes and once as values.
    BOOST_TEST_MESSAGE("grew by " << growth(before, full) / mib << " MiB");
    BOOST_TEST(growth(before, full) < 32 * mib);

    host.open();
    const account total = host.settle("gated");
    BOOST_TEST(total.accepted == accepted);
    BOOST_TEST(total.delivered == accepted);
    const ended end = host.stop();
    BOOST_TEST(end.code == 0, end.err);
    BOOST_TEST(has(end.err, std::to_string(accepted) + " accepted, " + std::to_string(accepted) +
                                " delivered, 0 dropped, 0 dead, 0 pending"),
               end.err);
}

BOOST_AUTO_TEST_CASE(every_packet_of_what_was_accepted_is_accounted_for_at_the_end)
{
    constexpr std::uint64_t lines = 30; // in each request; a third of each kind
    gated_host host({"--pending-entries", "50"});
    std::string body;
    for (std::uint64_t n = 0; n < lines; ++n)
        body += n % 3 == 0 ? "{\"drop\": 1}\n" : n % 3 == 1 ? "{\"fail\": 1}\n" : "{\"a\": 1}\n";
    std::uint64_t accepted = 0;
    for (int n = 0; n < 80; ++n)
        accepted += host->post("/data", "application/x-ndjson", body).status == 202 ? 1U : 0U;
    BOOST_TEST(accepted == 50U);
    host.child().signal(SIGTERM);
    host.child().wait_for("stopping");
    host.open();
    const ended end = host.child().wait();
    BOOST_TEST(end.code == 0, end.err);
    BOOST_TEST(has(end.err, "gated: 50 accepted, 500 delivered, 500 dropped, 500 dead, 0 pending"),
               end.err);
}

BOOST_AUTO_TEST_SUITE_END()
